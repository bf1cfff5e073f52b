// SPDX-License-Identifier: MIT
import { BRIGHT_RADIUS, CHOSEN_RADIUS, DASHES, DISC_MARGIN, EDGE, EDGE_STATE, FAN_MIN, HEAD_MIN, HEAD_SHARE, HUE, INDEX_MASK, INDIRECT_DASH, LANE_WIDTH, LOOK, MARKED_RADIUS, POINT_RADIUS, STATE, STATE_SHIFT, STUB } from './look';

/*
 * Vertices have no attributes: they take what they need from textures, by their number. On machines without a GPU
 * this is several times faster than instances of small quads. Lengths in shaders are device pixels.
 */

type Dash = readonly [number, number, number, number];

const float = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
/* Half of the first and of the second dash, and the period; none is a dash that never shows. */
const dashVector = ([first, gap, second, last]: Dash): string => {
  const isOne = first === second && gap === last;
  const values = isOne ? [first / 2, -first, first + gap] : [first / 2, second / 2, first + gap + second + last];
  return `vec3(${values.map(float).join(', ')})`;
};

const COMMON = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
`;

const PULL = `${COMMON}
uniform usampler2D list;
uniform usampler2D looks;
uniform sampler2D places;
uniform vec4 camera; // x, y, zoom, device pixels per CSS pixel
uniform vec2 size;
uniform vec3 palette[8];
ivec2 texel(uint i) { return ivec2(int(i & 1023u), int(i >> 10u)); }
uint entry(int i) { return texelFetch(list, texel(uint(i)), 0).x; }
vec3 place(uint node) {
  vec3 p = texelFetch(places, texel(node), 0).xyz;
  return vec3((p.xy - camera.xy) * camera.z + size * 0.5, p.z * camera.z);
}
vec4 clip(vec2 p) { return vec4(p.x / size.x * 2.0 - 1.0, 1.0 - p.y / size.y * 2.0, 0.0, 1.0); }
`;

/** Edges: quads from rim to rim. Their heads are drawn by themselves: quads as wide as those along whole edges would cost several times more. */
export const EDGE_VERTEX = `${PULL}
uniform vec4 near; // detail, opacity, width, length of arrow heads
uniform vec2 share; // that cross edges keep, opacity of edges of marked nodes
uniform bool isHead;
flat out vec4 colour;
flat out vec4 shape; // length, half width, length of the arrow head, detail
flat out vec3 dash;
flat out int relation;
flat out float seed;
out vec2 along;
void main() {
  uint item = entry(gl_VertexID >> 2);
  uint state = item >> ${STATE_SHIFT}u;
  uvec4 edge = texelFetch(looks, texel(item & ${INDEX_MASK}u), 0);
  vec3 a = place(edge.x);
  vec3 b = place(edge.y);
  vec2 way = b.xy - a.xy;
  float full = length(way);
  vec2 ahead = full > 0.0 ? way / full : vec2(1.0, 0.0);
  vec2 aside = vec2(-ahead.y, ahead.x);
  float ratio = camera.w;
  float lane = (float((edge.z >> ${EDGE.lane}u) & 15u) - ${float(EDGE.laneZero)}) * ${float(0.5 * LANE_WIDTH)} * ratio;
  float gap = near.x * ratio;
  float start = sqrt(max(a.z * a.z - lane * lane, 0.0)) + gap;
  float end = full - sqrt(max(b.z * b.z - lane * lane, 0.0)) - gap;
  float extent = end - start;
  bool strong = (state & ${EDGE_STATE.strong}u) != 0u;
  bool touched = (state & ${EDGE_STATE.touched}u) != 0u;
  float width = near.z + (strong ? 1.4 * ratio : touched ? 0.5 * ratio : 0.0);
  float head = near.w * (strong ? 1.25 : 1.0);
  if (near.x < 0.05) head = 0.0;
  if (extent < 2.2 * head) {
    head = min(head, ${float(HEAD_SHARE)} * min(a.z, b.z));
    if (head < ${float(HEAD_MIN)} * ratio || extent < -2.0 * head) head = 0.0;
    float stub = head > 0.0 ? max(0.0, ${float(STUB)} * head - extent) : 0.0;
    start -= stub * 0.5;
    extent += stub;
  }
  float half_ = isHead ? max(width, head) * 0.5 + 1.0 : width * 0.5 + 0.5;
  bool filled = (edge.z & 3u) == 1u || (edge.z & 3u) == 2u;
  // a filled head is not drawn over its line: both may be faint
  float first = isHead ? extent - head - 1.0 : 0.0;
  float last = isHead ? extent + 1.0 : filled ? extent - head : extent;
  int corner = gl_VertexID & 3;
  along = vec2((corner & 1) == 0 ? first : last, (corner & 2) == 0 ? -half_ : half_);
  vec2 at = a.xy + ahead * (start + along.x) + aside * (along.y + lane);
  gl_Position = extent > 0.0 && (!isHead || head > 0.0) ? clip(at) : vec4(2.0, 2.0, 2.0, 1.0);
  seed = float(item & 1023u);
  relation = int(edge.z & ${EDGE.relation}u);
  bool cross_ = (edge.z & ${EDGE.cross}u) != 0u;
  bool indirect = (edge.z & ${EDGE.indirect}u) != 0u;
  float reach = full / ratio;
  float alpha = 1.0;
  if (!strong) {
    float fan = exp2(float((edge.z >> ${EDGE.fan}u) & 15u));
    alpha = near.y * (cross_ ? clamp(90.0 / reach, 0.06, 0.8) * share.x : clamp(420.0 / reach, 0.3, 1.0) * clamp(2.0 * reach / fan, ${float(FAN_MIN)}, 1.0));
    if (indirect) alpha *= 0.65;
    if ((state & ${EDGE_STATE.dim}u) != 0u) alpha *= 0.14;
    if (touched) alpha = max(alpha, share.y);
  }
  colour = vec4(palette[relation], alpha);
  shape = vec4(extent, width * 0.5, head, relation == 1 && !indirect ? 0.0 : near.x);
  vec3 dashes[4] = vec3[4](${DASHES.map(dashVector).join(', ')});
  dash = (indirect ? ${dashVector(INDIRECT_DASH)} : dashes[relation]) * ratio;
}
`;

/** Heads: 0 open, 1 filled triangle, 2 diamond, 3 bar. */
export const EDGE_FRAGMENT = `${COMMON}
flat in vec4 colour;
flat in vec4 shape;
flat in vec3 dash;
flat in int relation;
flat in float seed;
uniform bool isHead;
in vec2 along;
out vec4 result;
float inside(float distance_) { return clamp(distance_ + 0.5, 0.0, 1.0); }
float headAt(float back, float side, float size) {
  float open = size * 0.42;
  float wing = open * back / size;
  if (relation == 0) return min(inside(0.75 * shape.y + 0.5 - abs(side - wing) * 0.9), inside(size - back));
  if (relation == 1) return min(inside((wing - side) * 0.9), inside(size - back));
  if (relation == 2) return inside((min(wing, open * (size - back) / size) * 1.8 - side) * 0.75);
  return min(inside(shape.y + 0.25 - abs(back - shape.y)), inside(open - side));
}
void main() {
  float side = abs(along.y);
  if (isHead) {
    result = vec4(colour.rgb, 1.0) * (colour.a * headAt(shape.x - along.x, side, shape.z));
    return;
  }
  float line = inside(shape.y - side);
  if (shape.w > 0.0) {
    // the first dash is in the middle of the period, the second at its ends
    float off = abs(fract(along.x / dash.z) - 0.5) * dash.z;
    float on = inside(max(dash.x - off, dash.y - dash.z * 0.5 + off));
    line *= mix(1.0, on, shape.w);
  }
  float alpha = colour.a * line;
  result = vec4(colour.rgb, 1.0) * alpha;
  // a faint colour is a few steps of 1/255: noise keeps many of them from turning into another colour
  if (colour.a < 0.025 && line > 0.0) {
    float noise = fract(52.98 * fract(dot(gl_FragCoord.xy + seed * 5.59, vec2(0.0671, 0.00584))));
    result.rgb = max(vec3(0.0), result.rgb + (noise - 0.5) / 255.0);
  }
}
`;

/** Small nodes: points. */
export const POINT_VERTEX = `${PULL}
flat out vec4 colour;
flat out vec3 disc; // radius, size of the point, radius of the hole
void main() {
  uint item = entry(gl_VertexID);
  uint state = item >> ${STATE_SHIFT}u;
  uint node = item & ${INDEX_MASK}u;
  uint look = texelFetch(looks, texel(node), 0).x;
  vec3 p = place(node);
  bool bright = (state & ${STATE.bright}u) != 0u;
  float r = max(p.z, (bright ? ${float(BRIGHT_RADIUS)} : ${float(POINT_RADIUS)}) * camera.w);
  float alpha = bright ? 1.0 : min(1.0, 0.35 + 0.65 * p.z / r);
  if ((look & ${LOOK.removed}u) != 0u) alpha *= 0.5;
  if ((state & ${STATE.dim}u) != 0u) alpha *= 0.16;
  uint hue = look & ${LOOK.hue}u;
  colour = vec4(palette[(state & ${STATE.path}u) != 0u ? ${HUE.accent}u : hue], alpha);
  bool hollow = (look & ${LOOK.hollow}u) != 0u && r > 2.5 * camera.w;
  disc = vec3(r, 2.0 * r + 2.0, hollow ? r - 1.3 * camera.w : 0.0);
  gl_PointSize = disc.y;
  gl_Position = clip(p.xy);
}
`;

/** A disc of one colour, or its rim. */
export const POINT_FRAGMENT = `${COMMON}
flat in vec4 colour;
flat in vec3 disc;
out vec4 result;
void main() {
  float d = length(gl_PointCoord - 0.5) * disc.y;
  float cover = clamp(disc.x + 0.5 - d, 0.0, 1.0);
  if (disc.z > 0.0) cover *= clamp(d - disc.z + 0.5, 0.0, 1.0);
  result = vec4(colour.rgb, 1.0) * (colour.a * cover);
}
`;

/** Large nodes: picture, rings and hatches. */
export const DISC_VERTEX = `${PULL}
flat out uint look;
flat out uint state;
flat out float radius;
flat out vec3 hue;
out vec2 local;
void main() {
  uint item = entry(gl_VertexID >> 2);
  uint node = item & ${INDEX_MASK}u;
  state = item >> ${STATE_SHIFT}u;
  look = texelFetch(looks, texel(node), 0).x;
  hue = palette[look & ${LOOK.hue}u];
  vec3 p = place(node);
  bool marked = (state & ${STATE.selected | STATE.hovered}u) != 0u;
  bool chosen = (look & ${LOOK.chosen}u) != 0u;
  radius = max(p.z, (chosen ? ${float(CHOSEN_RADIUS)} : marked ? ${float(MARKED_RADIUS)} : 0.0) * camera.w);
  float reach = radius + (state == 0u ? 1.0 : ${float(DISC_MARGIN)} * camera.w);
  vec2 corner = vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, (gl_VertexID & 2) == 0 ? -1.0 : 1.0);
  local = corner * reach;
  gl_Position = clip(p.xy + local);
}
`;

/** From the ground up: disc, face, rings, marks. */
export const DISC_FRAGMENT = `${COMMON}
uniform sampler2D atlas;
uniform vec3 palette[8];
uniform vec4 camera;
flat in uint look;
flat in uint state;
flat in float radius;
flat in vec3 hue;
in vec2 local;
out vec4 result;
vec4 over(vec4 below, vec3 rgb, float alpha) { return vec4(rgb, 1.0) * alpha + below * (1.0 - alpha); }
float inside(float distance_) { return clamp(distance_ + 0.5, 0.0, 1.0); }
float band(float d, float from, float to) { return min(inside(d - from), inside(to - d)); }
void main() {
  float d = length(local);
  float ratio = camera.w;
  float r = radius;
  bool chosen = (look & ${LOOK.chosen}u) != 0u;
  bool group = (look & ${LOOK.group}u) != 0u;
  bool hollow = (look & ${LOOK.hollow}u) != 0u;
  float ring = chosen ? clamp(r * 0.13, 2.5 * ratio, 6.0 * ratio) : clamp(r * 0.09, 1.5 * ratio, 4.0 * ratio);
  float inner = r - ring * (group ? 2.4 : 1.0) - clamp(r * 0.05, 0.5 * ratio, 2.0 * ratio);
  vec3 ground = palette[${HUE.ground}];
  vec3 fill = hollow ? ground : mix(ground, hue, 0.3);
  vec2 uv = local / inner * 0.5 + 0.5;
  uint cell = look >> ${LOOK.cell}u;
  // the picture is sampled in any case: neighbouring pixels must agree on its size
  vec2 corner = vec2(float((cell - 1u) & 31u), float((cell - 1u) >> 5u));
  vec4 image = texture(atlas, (corner + clamp(uv, 0.01, 0.99)) / 32.0);
  vec3 face = cell == 0u || hollow ? fill : image.rgb + fill * (1.0 - image.a);
  if ((look & ${LOOK.removed}u) != 0u) {
    float stripe = abs(mod((local.x + local.y) * 0.7071, 5.0 * ratio) - 2.5 * ratio);
    face = mix(mix(ground, face, 0.45), ground, inside(0.9 * ratio - stripe) * 0.85);
  }
  vec4 sum = vec4(0.0);
  sum = over(sum, ground, inside(r - d));
  sum = over(sum, face, inside(inner - d));
  sum = over(sum, hue, band(d, r - ring * (group ? 0.75 : 1.0), r));
  if (group) sum = over(sum, hue, band(d, r - ring * 2.2, r - ring * 1.45));
  if ((state & ${STATE.dim}u) != 0u) sum *= 0.16;
  vec3 accent = palette[${HUE.accent}];
  if ((state & ${STATE.selected}u) != 0u) sum = over(sum, accent, band(d, r + 2.0 * ratio, r + 5.0 * ratio));
  else if ((state & ${STATE.hovered}u) != 0u) sum = over(sum, palette[${HUE.text}], band(d, r + 1.5 * ratio, r + 3.0 * ratio));
  else if ((state & ${STATE.path}u) != 0u) sum = over(sum, accent, band(d, r + 1.5 * ratio, r + 3.0 * ratio));
  result = sum;
}
`;
