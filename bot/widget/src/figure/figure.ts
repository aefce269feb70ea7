/** The figure that can be turned: drawn with WebGL, lit from the viewer's side. */

import { Camera, Geometry, Mesh, Program, Renderer, Sphere, Transform, Vec3 } from "ogl";

/** Where a point is, on one side of the body: place and outward direction, in centimetres. */
export interface Spot {
  place: readonly number[];
  normal: readonly number[];
}

/** @param bare GLSL for whether a place is skin. */
const vertex = (bare: string): string => /* glsl */ `
  attribute vec3 position;
  attribute vec3 normal;
  ${bare === "bare" ? "attribute float bare;" : ""}
  uniform mat4 modelViewMatrix;
  uniform mat4 projectionMatrix;
  uniform mat3 normalMatrix;
  varying vec3 vNormal;
  varying float vBare;
  void main() {
    vNormal = normalMatrix * normal;
    vBare = ${bare};
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }`;
const FRAGMENT = /* glsl */ `
  precision mediump float;
  uniform vec3 uSkin;
  uniform vec3 uSuit;
  varying vec3 vNormal;
  varying float vBare;
  void main() {
    vec3 n = normalize(vNormal);
    float light = 0.42 + 0.58 * clamp(abs(dot(n, normalize(vec3(-0.25, 0.45, 0.85)))), 0.0, 1.0);
    gl_FragColor = vec4(mix(uSuit, uSkin, step(0.5, vBare)) * light, 1.0);
  }`;
const SKIN = new Vec3(0.86, 0.7, 0.58);
const SUIT = new Vec3(0.42, 0.62, 0.6);
/** Blue within white, as in the pictures: that stands out from every skin tone, and in grey. */
const DOT = new Vec3(0, 0.33, 0.84);
const RIM = new Vec3(1.8, 1.8, 1.8);
/** The file tells halves of a millimetre. */
const UNITS = 20;
const NEAREST = 25;
const FARTHEST = 420;
const STEEPEST = 1.5;

/** @throws Error where there is no WebGL. */
export class Figure {
  readonly canvas = document.createElement("canvas");
  private readonly renderer: Renderer;
  private readonly camera: Camera;
  private readonly scene = new Transform();
  private readonly dots: Mesh[] = [];
  private readonly target = new Vec3();
  private around = 0;
  private above = 0;
  private away = 120;
  private asked = 0;

  constructor(body: ArrayBuffer) {
    const probe = document.createElement("canvas");
    if (!(probe.getContext("webgl2") ?? probe.getContext("webgl"))) throw new Error("no WebGL");
    const dpr = Math.min(2, devicePixelRatio);
    this.renderer = new Renderer({ canvas: this.canvas, alpha: true, antialias: true, dpr });
    const { gl } = this.renderer;
    this.camera = new Camera(gl, { fov: 30, near: 1, far: 900 });
    const program = new Program(gl, {
      vertex: vertex("bare"),
      fragment: FRAGMENT,
      uniforms: { uSkin: { value: SKIN }, uSuit: { value: SUIT } },
      cullFace: false,
    });
    const mesh = new Mesh(gl, { geometry: new Geometry(gl, attributes(body)), program });
    mesh.setParent(this.scene);
  }

  /** Mark these places, and look at the first of them from outside. */
  look(spots: readonly Spot[]): void {
    const { gl } = this.renderer;
    const paint = (colour: Vec3, cullFace: number): Program =>
      new Program(gl, {
        vertex: vertex("1.0"),
        fragment: FRAGMENT,
        uniforms: { uSkin: { value: colour }, uSuit: { value: colour } },
        cullFace,
      });
    const parts = [
      { program: paint(DOT, gl.BACK), geometry: new Sphere(gl, { radius: 1 }) },
      // The inside of a larger ball is seen around the smaller one, as its rim.
      { program: paint(RIM, gl.FRONT), geometry: new Sphere(gl, { radius: 1.4 }) },
    ];
    for (const { place, normal } of spots) {
      const at = new Vec3(...triple(place)).add(new Vec3(...triple(normal)).multiply(0.5));
      for (const part of parts) {
        const mesh = new Mesh(gl, part);
        mesh.position.copy(at);
        mesh.setParent(this.scene);
        this.dots.push(mesh);
      }
    }
    const [first] = spots;
    if (!first) return this.whole();
    this.target.set(...triple(first.place));
    const [x, y, z] = triple(first.normal);
    this.around = Math.atan2(x, z);
    this.above = clamp(Math.asin(clamp(y, -1, 1)) * 0.8, -STEEPEST, STEEPEST);
    this.away = 90;
    this.draw();
  }

  /** The whole body, upright. */
  whole(): void {
    this.target.set(0, 84, 0);
    this.above = 0;
    this.away = 370;
    this.draw();
  }

  /** Turn by angles, in radians. */
  turn(around: number, above: number): void {
    this.around += around;
    this.above = clamp(this.above + above, -STEEPEST, STEEPEST);
    this.draw();
  }

  /** Come nearer (below 1) or go away. */
  zoom(by: number): void {
    this.away = clamp(this.away * by, NEAREST, FARTHEST);
    this.draw();
  }

  size(width: number, height: number): void {
    this.renderer.setSize(width, height);
    this.camera.perspective({ aspect: width / height });
    this.draw();
  }

  close(): void {
    cancelAnimationFrame(this.asked);
    this.renderer.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  private draw(): void {
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => {
      const flat = Math.cos(this.above);
      this.camera.position.set(
        this.target.x + this.away * flat * Math.sin(this.around),
        this.target.y + this.away * Math.sin(this.above),
        this.target.z + this.away * flat * Math.cos(this.around),
      );
      this.camera.lookAt(this.target);
      // A dot keeps its size in the picture, within reason.
      for (const dot of this.dots) dot.scale.set(clamp(this.away / 110, 0.35, 2.2));
      this.renderer.render({ scene: this.scene, camera: this.camera });
    });
  }
}

/** Positions, normals, which vertices are bare, and corners, from the file that figure.py writes. */
function attributes(body: ArrayBuffer) {
  const [vertices, triangles, bare] = new Uint32Array(body, 0, 3) as unknown as [number, number, number];
  const told = new Int16Array(body, 12, vertices * 3);
  const corners = new Uint16Array(body, 12 + vertices * 6, triangles * 3);
  const position = Float32Array.from(told, (value) => value / UNITS);
  const normal = new Float32Array(vertices * 3);
  const isBare = new Float32Array(vertices);
  const [a, b, c, u, v, n] = Array.from({ length: 6 }, () => new Vec3()) as [
    Vec3, Vec3, Vec3, Vec3, Vec3, Vec3,
  ];
  for (let i = 0; i < corners.length; i += 3) {
    const three = [corners[i]!, corners[i + 1]!, corners[i + 2]!];
    [a, b, c].forEach((corner, k) => corner.fromArray(position as unknown as number[], three[k]! * 3));
    n.cross(u.sub(b, a), v.sub(c, a));
    for (const corner of three) {
      for (let k = 0; k < 3; k++) normal[corner * 3 + k]! += n[k]!;
      if (i < bare * 3) isBare[corner] = 1;
    }
  }
  return {
    position: { size: 3, data: position },
    normal: { size: 3, data: normal },
    bare: { size: 1, data: isBare },
    index: { data: corners },
  };
}

const triple = (list: readonly number[]): [number, number, number] => [list[0]!, list[1]!, list[2]!];
const clamp = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));
