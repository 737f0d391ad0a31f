/**
 * The simulator's inner loops of imaging mode: light to charge (collect), charge to codes (convert). Called by
 * sim/imaging, which owns the memory; held bit for bit against test/reference/imaging.
 */
import { collectRow } from "./imaging/collect.ts";
import { collectLight } from "./imaging/collect-light.ts";
import {
  setCollectBuffers,
  setCollectEffects,
  setCollectFrame,
  setCollectTables,
  setCollectTraps,
} from "./imaging/collect-settings.ts";
import { convertCodes, sumLevels } from "./imaging/convert-codes.ts";
import { convertLevels } from "./imaging/convert-levels.ts";
import {
  setConvertBand,
  setConvertFrame,
  setConvertLists,
  setConvertMaps,
  setConvertTimes,
  setConvertWork,
} from "./imaging/convert-memory.ts";

export {
  collectLight,
  collectRow,
  convertCodes,
  convertLevels,
  setCollectBuffers,
  setCollectEffects,
  setCollectFrame,
  setCollectTables,
  setCollectTraps,
  setConvertBand,
  setConvertFrame,
  setConvertLists,
  setConvertMaps,
  setConvertTimes,
  setConvertWork,
  sumLevels,
};
