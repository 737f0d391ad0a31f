import { describe, expect, it } from "vitest";
import { sceneError } from "../support.ts";
import { GEOMETRY, lightOf, meanOf, openLight } from "./light-support.ts";

const MIN_NS = 60e9;
const CENTRE = 30 * 80 + 40;

describe("the ageing LED", () => {
  it("has the photons of its luminance, by hand", async () => {
    // V(517 nm) between 0.6082 (515) and 0.710 (520): 0.64892. 10000 cd/m2 / (683 x 0.64892) = 22.563 W/(m2 sr); 4 mm2 at
    // 25 mm: 4 / (625 + 4 / pi) = 6.3870e-3 sr; 0.144108 W/m2 x 4e-10 m2 / 3.84230e-19 J = 1.50023e8 /s, half of them.
    const light = lightOf(await openLight("ageing-led"));
    expect(light[CENTRE]! / (0.5 * 1.50023e8)).toBeCloseTo(1, 3);
  });

  it("fades by half in 54 min at 10 000 cd/m2, and L0^1.7 T50 is constant", async () => {
    const left = async (text: string, timeNs: number): Promise<number> => {
      const scene = await openLight(text);
      return lightOf(scene, GEOMETRY, timeNs)[CENTRE]! / lightOf(scene, GEOMETRY, 0)[CENTRE]!;
    };
    expect(await left("ageing-led", 54 * MIN_NS)).toBeCloseTo(0.5, 6);
    expect(await left("ageing-led:luminance=5000", 54 * 2 ** 1.7 * MIN_NS)).toBeCloseTo(0.5, 6);
    expect(await left("ageing-led:speed=108", 1 * MIN_NS)).toBeCloseTo(0.25, 6);
    const [aged, fresh] = [await openLight("ageing-led:minutes=108"), await openLight("ageing-led")];
    expect(lightOf(aged)[CENTRE]! / lightOf(fresh)[CENTRE]!).toBeCloseTo(0.25, 6);
  });

  it("is even but for cos^4 from the axis", async () => {
    const light = lightOf(await openLight("ageing-led:distance=5"));
    // Corner: 39.5 and 29.5 pixels of 20 um beside 5 mm.
    const tangent2 = (39.5 ** 2 + 29.5 ** 2) * (0.02 / 5) ** 2;
    expect(light[0]! / light[CENTRE]!).toBeCloseTo((1 + tangent2) ** -2, 4);
    expect(light[0]).toBeCloseTo(light[4799]!, 0);
    const part = lightOf(await openLight("ageing-led:distance=5"), GEOMETRY, 0, 20, 7);
    expect(part).toEqual(light.subarray(20 * 80, 27 * 80));
  });

  it("goes with the square of the distance and with the chip's response", async () => {
    const at = async (text: string): Promise<number> => meanOf(lightOf(await openLight(text)));
    expect((await at("ageing-led:distance=100")) / (await at("ageing-led:distance=200"))).toBeCloseTo(4, 2);
    expect((await at("ageing-led:response=1")) / (await at("ageing-led"))).toBeCloseTo(2, 6);
    expect(await at("ageing-led:response=0")).toBe(0);
  });

  it("refuses what is no lamp", async () => {
    const { fault } = await sceneError(() => openLight("ageing-led:luminance=0"));
    expect(fault.expected).toBe("a number from 1 to 1000000");
    expect((await sceneError(() => openLight("ageing-led:age=3"))).fault.found).toBe('the setting "age"');
  });
});
