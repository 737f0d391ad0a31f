import { ShaderMaterial } from "three";

const VERTEX = `
attribute vec4 colour;
uniform float size;
varying vec3 shade;
void main() {
  shade = colour.rgb;
  gl_PointSize = size;
  gl_Position = projectionMatrix * (modelViewMatrix * vec4(position, 1.0));
}`;

const FRAGMENT = `
varying vec3 shade;
void main() {
  gl_FragColor = vec4(shade, 1.0);
}`;

/** Square points of one colour each, `size` canvas pixels wide; nothing more, since software rendering pays for it. */
export class PointMaterial extends ShaderMaterial {
  constructor(size: number) {
    super({ vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { size: { value: size } } });
  }

  set size(pixels: number) {
    this.uniforms["size"]!.value = pixels;
  }
}
