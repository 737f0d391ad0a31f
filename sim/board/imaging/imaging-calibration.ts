import { isDeepStrictEqual } from "node:util";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { factoryDevice } from "../../imaging/factory-device.ts";
import { FactoryMapMaker } from "../../imaging/factory-maps.ts";
import type { FactoryMaps } from "../../pixel/factory-calibration.ts";
import type { ImagingProgram } from "./imaging-program.ts";
import type { ImagingSettings } from "./imaging-settings.ts";

/** Calibration memory: the maps of the present region, gain and exposure, made again only when one of them changes. */
export class ImagingCalibration {
  private readonly profile: ImagingProfile;
  private maker: FactoryMapMaker | undefined;
  private present: { readonly key: object; readonly maps: FactoryMaps } | undefined;

  constructor(profile: ImagingProfile) {
    this.profile = profile;
  }

  maps({ analogGain }: ImagingSettings, { registers }: ImagingProgram): FactoryMaps {
    const key = { analogGain, registers };
    if (this.present === undefined || !isDeepStrictEqual(this.present.key, key)) {
      this.maker ??= new FactoryMapMaker(this.profile, factoryDevice(this.profile));
      this.present = { key, maps: this.maker.make(registers, analogGain) };
    }
    return this.present.maps;
  }
}
