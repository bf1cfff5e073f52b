// SPDX-License-Identifier: MIT
import type { DrawList, Frame } from './frame';
import { createDataTexture, finishProgram, startProgram } from './gl';
import type { DataTexture, Program, StartedProgram, TexelKind } from './gl';
import { paletteOf, parseColour } from './look';
import { CELL, CELLS_IN_ROW } from './renderer';
import type { AtlasSource, Renderer } from './renderer';
import type { Scene, Stale } from './scene';
import { DISC_FRAGMENT, DISC_VERTEX, EDGE_FRAGMENT, EDGE_VERTEX, POINT_FRAGMENT, POINT_VERTEX } from './shaders';
import type { GraphStyle } from './types';

interface SceneTextures {
  readonly places: DataTexture;
  readonly looks: DataTexture;
  readonly edges: DataTexture;
  readonly edgeList: DataTexture;
  readonly pointList: DataTexture;
  readonly discList: DataTexture;
}

/* Smaller pictures of a cell never mix with its neighbours. */
const ATLAS_LEVELS = 4;

/** A canvas whose context is there, and whose programs the driver is at work on. */
export interface PreparedWebgl {
  readonly canvas: HTMLCanvasElement;
  readonly gl: WebGL2RenderingContext;
  readonly edges: StartedProgram;
  readonly points: StartedProgram;
  readonly discs: StartedProgram;
}

/** Gets a context and starts what takes longest; throws where there is no WebGL2. */
export function prepareWebgl(canvas: HTMLCanvasElement): PreparedWebgl {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' });
  if (gl === null || gl.isContextLost()) throw new Error('graph: no WebGL2');
  return {
    canvas,
    gl,
    edges: startProgram(gl, EDGE_VERTEX, EDGE_FRAGMENT),
    points: startProgram(gl, POINT_VERTEX, POINT_FRAGMENT),
    discs: startProgram(gl, DISC_VERTEX, DISC_FRAGMENT),
  };
}

/** Draws with WebGL2; throws where that cannot be had. The canvas may already have lost a context before. */
export function createWebglRenderer(prepared: PreparedWebgl, atlas: AtlasSource, style: GraphStyle): Renderer {
  const { canvas, gl } = prepared;
  const programs = {
    edges: finishProgram(gl, prepared.edges),
    points: finishProgram(gl, prepared.points),
    discs: finishProgram(gl, prepared.discs),
  };
  const vertexArray = gl.createVertexArray();
  const indices = gl.createBuffer();
  let quads = 0;
  let palette = packPalette(style);
  let textures: SceneTextures | null = null;
  let atlasTexture = createAtlasTexture(gl, null);
  let hasAtlas = false;

  gl.bindVertexArray(vertexArray);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  const reserveQuads = (count: number): void => {
    if (count <= quads) return;
    quads = Math.max(count, 2 * quads, 1024);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, quadIndices(quads), gl.STATIC_DRAW);
  };
  const begin = ({ program, uniform }: Program, { camera, size, ratio }: Frame): void => {
    gl.useProgram(program);
    gl.uniform4f(uniform('camera'), camera.x, camera.y, camera.zoom * ratio, ratio);
    gl.uniform2f(uniform('size'), size.width * ratio, size.height * ratio);
    gl.uniform3fv(uniform('palette'), palette);
  };
  const bind = ({ uniform }: Program, named: Readonly<Record<string, WebGLTexture | null>>): void => {
    Object.entries(named).forEach(([name, texture], unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniform1i(uniform(name), unit);
    });
    gl.activeTexture(gl.TEXTURE0);
  };
  const drawQuads = (list: DrawList): void => {
    reserveQuads(list.length);
    gl.drawElements(gl.TRIANGLES, 6 * list.length, gl.UNSIGNED_INT, 0);
  };

  const drawEdges = (frame: Frame, { edges, places, edgeList }: SceneTextures, isHead: boolean): void => {
    const { near, ratio } = frame;
    if (frame.edges.length === 0 || (isHead && near.detail < 0.05)) return;
    if (!isHead) edgeList.write(frame.edges.items, 0, frame.edges.length);
    begin(programs.edges, frame);
    gl.uniform4f(programs.edges.uniform('near'), near.detail, near.edgeAlpha, near.edgeWidth * ratio, near.arrow * ratio);
    gl.uniform2f(programs.edges.uniform('share'), near.cross, near.touched);
    bind(programs.edges, { list: edgeList.texture, looks: edges.texture, places: places.texture });
    gl.uniform1i(programs.edges.uniform('isHead'), Number(isHead));
    drawQuads(frame.edges);
  };
  const drawPoints = (frame: Frame, { looks, places, pointList }: SceneTextures): void => {
    if (frame.points.length === 0) return;
    pointList.write(frame.points.items, 0, frame.points.length);
    begin(programs.points, frame);
    bind(programs.points, { list: pointList.texture, looks: looks.texture, places: places.texture });
    gl.drawArrays(gl.POINTS, 0, frame.points.length);
  };
  const drawDiscs = (frame: Frame, { looks, places, discList }: SceneTextures): void => {
    if (frame.discs.length === 0) return;
    discList.write(frame.discs.items, 0, frame.discs.length);
    begin(programs.discs, frame);
    bind(programs.discs, { list: discList.texture, looks: looks.texture, places: places.texture, atlas: atlasTexture });
    drawQuads(frame.discs);
  };

  const freeScene = (): void => {
    for (const { texture } of Object.values(textures ?? {}) as readonly DataTexture[]) gl.deleteTexture(texture);
    textures = null;
  };
  const takeAtlas = (): void => {
    const fresh = atlas.takeFresh();
    if (atlas.canvas === null) return;
    if (!hasAtlas) {
      gl.deleteTexture(atlasTexture);
      atlasTexture = createAtlasTexture(gl, atlas.canvas);
      hasAtlas = true;
    } else if (fresh.length > 0) {
      gl.bindTexture(gl.TEXTURE_2D, atlasTexture);
      writeCells(gl, atlas.canvas, fresh);
      gl.generateMipmap(gl.TEXTURE_2D);
    }
  };

  return {
    kind: 'webgl2',
    canvas,
    setScene(scene) {
      freeScene();
      textures = createSceneTextures(gl, scene);
    },
    setStyle(next) {
      palette = packPalette(next);
    },
    draw(frame, scene) {
      if (textures === null) return;
      takeStale(scene, textures);
      takeAtlas();
      resize(canvas, frame);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(palette[15] ?? 0, palette[16] ?? 0, palette[17] ?? 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      drawEdges(frame, textures, false);
      drawPoints(frame, textures);
      drawDiscs(frame, textures);
      // over discs that leave too little room for them
      drawEdges(frame, textures, true);
    },
    finish() {
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    },
    destroy() {
      freeScene();
      for (const { program } of Object.values(programs)) gl.deleteProgram(program);
      gl.deleteTexture(atlasTexture);
      gl.deleteBuffer(indices);
      gl.deleteVertexArray(vertexArray);
      // browsers allow a handful of contexts, and collect them late
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

function resize(canvas: HTMLCanvasElement, { size, ratio }: Frame): void {
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function packPalette(style: GraphStyle): Float32Array {
  return Float32Array.from(paletteOf(style).flatMap(parseColour));
}

function quadIndices(count: number): Uint32Array {
  const indices = new Uint32Array(6 * count);
  const corners = [0, 1, 2, 2, 1, 3];
  for (let i = 0; i < indices.length; i += 1) indices[i] = 4 * Math.floor(i / 6) + (corners[i % 6] as number);
  return indices;
}

function createSceneTextures(gl: WebGL2RenderingContext, { network: { n, m } }: Scene): SceneTextures {
  const one: TexelKind = { internal: gl.R32UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_INT, numbers: 1 };
  const four: TexelKind = { internal: gl.RGBA32UI, format: gl.RGBA_INTEGER, type: gl.UNSIGNED_INT, numbers: 4 };
  const floats: TexelKind = { internal: gl.RGBA32F, format: gl.RGBA, type: gl.FLOAT, numbers: 4 };
  return {
    places: createDataTexture(gl, floats, n),
    looks: createDataTexture(gl, one, n),
    edges: createDataTexture(gl, four, m),
    edgeList: createDataTexture(gl, one, m),
    pointList: createDataTexture(gl, one, n),
    discList: createDataTexture(gl, one, n),
  };
}

function takeStale(scene: Scene, { places, looks, edges }: SceneTextures): void {
  send(places, scene.places, scene.stalePlaces);
  send(looks, scene.looks, scene.staleLooks);
  if (scene.staleEdges) edges.write(scene.edges, 0, scene.network.m);
  scene.staleEdges = false;
}

function send(texture: DataTexture, data: Float32Array | Uint32Array, stale: Stale): void {
  if (stale.from < stale.to) texture.write(data, stale.from, stale.to);
  Object.assign(stale, { from: Infinity, to: 0 });
}

/* Until there are pictures, a single texel will do. */
function createAtlasTexture(gl: WebGL2RenderingContext, canvas: HTMLCanvasElement | null): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, canvas === null ? 1 : ATLAS_LEVELS, gl.RGBA8, canvas?.width ?? 1, canvas?.height ?? 1);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, canvas === null ? gl.LINEAR : gl.LINEAR_MIPMAP_LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  if (canvas === null) return texture;
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.generateMipmap(gl.TEXTURE_2D);
  return texture;
}

/* A part of a canvas cannot be sent by itself: each cell goes by a small one. */
function writeCells(gl: WebGL2RenderingContext, canvas: HTMLCanvasElement, cells: readonly number[]): void {
  const stage = document.createElement('canvas');
  stage.width = CELL;
  stage.height = CELL;
  const context = stage.getContext('2d');
  if (context === null) return;
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  for (const cell of cells) {
    const x = (cell % CELLS_IN_ROW) * CELL;
    const y = Math.floor(cell / CELLS_IN_ROW) * CELL;
    context.clearRect(0, 0, CELL, CELL);
    context.drawImage(canvas, x, y, CELL, CELL, 0, 0, CELL, CELL);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, gl.RGBA, gl.UNSIGNED_BYTE, stage);
  }
}
