// SPDX-License-Identifier: MIT
import { ROW } from './scene';

/** What a draw call needs: a linked program, and its uniforms by name. */
export interface Program {
  readonly program: WebGLProgram;
  uniform(name: string): WebGLUniformLocation | null;
}

/** A program that the driver may still be at work on. */
export interface StartedProgram {
  readonly program: WebGLProgram;
  readonly shaders: readonly WebGLShader[];
}

/** Hands a program to the driver, without waiting: several are compiled side by side, and while other things go on. */
export function startProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): StartedProgram {
  const program = gl.createProgram();
  const shaders = [start(gl, gl.VERTEX_SHADER, vertex), start(gl, gl.FRAGMENT_SHADER, fragment)];
  for (const shader of shaders) gl.attachShader(program, shader);
  gl.linkProgram(program);
  return { program, shaders };
}

/** Waits for a program; throws with what the driver says. */
export function finishProgram(gl: WebGL2RenderingContext, { program, shaders }: StartedProgram): Program {
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost()) {
    const logs = [...shaders.map((shader) => gl.getShaderInfoLog(shader)), gl.getProgramInfoLog(program)];
    throw new Error(`graph: ${logs.find((log) => log !== null && log !== '') ?? 'a program does not link'}`);
  }
  for (const shader of shaders) gl.deleteShader(shader);
  const found = new Map<string, WebGLUniformLocation | null>();
  const uniform = (name: string): WebGLUniformLocation | null => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const location = gl.getUniformLocation(program, name);
    found.set(name, location);
    return location;
  };
  return { program, uniform };
}

/** How numbers lie in a data texture. */
export interface TexelKind {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
  /** Numbers per texel. */
  readonly numbers: number;
}

/** A texture of numbers, ROW texels wide. */
export interface DataTexture {
  readonly texture: WebGLTexture;
  /** Writes the texels `from` .. `to` (whole rows are sent) of `data`, which is padded to whole rows. */
  write(data: Float32Array | Uint32Array, from: number, to: number): void;
}

/** A data texture for `texels` of them. */
export function createDataTexture(gl: WebGL2RenderingContext, kind: TexelKind, texels: number): DataTexture {
  const texture = gl.createTexture();
  const rows = Math.max(1, Math.ceil(texels / ROW));
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, kind.internal, ROW, rows);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  return {
    texture,
    write(data, from, to) {
      const first = Math.floor(from / ROW);
      const count = Math.min(rows, Math.ceil(to / ROW)) - first;
      if (count <= 0) return;
      const part = data.subarray(first * ROW * kind.numbers, (first + count) * ROW * kind.numbers);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, first, ROW, count, kind.format, kind.type, part);
    },
  };
}

function start(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind);
  if (shader === null) throw new Error('graph: the context is lost');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}
