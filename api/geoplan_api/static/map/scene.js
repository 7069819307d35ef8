// The scene that the server describes, complete and in one form.

/**
 * @typedef {object} Scene
 * @property {{id: string, level: string, name?: string} | null} asking
 * @property {string} level of the units that are suggested
 * @property {string[]} group ids of the members, without the one that asks
 * @property {string[]} outlined members that hold other members: a county beside its municipalities
 * @property {{id: string, rank?: number, cls: number, level?: string, role?: string,
 *   name?: string, score?: string, text?: string}[]} suggestions
 * @property {Record<string, string>} names
 * @property {[number, number][][]} gaps lines between pieces: longitude and latitude
 * @property {Record<string, number> | null} whiteSpots class of each unit, where the map is of white spots
 * @property {[[number, number], [number, number]] | null} bounds south-west and north-east: latitude, longitude
 * @property {[[number, number], [number, number]] | null} members corners of those on board, as `bounds`
 * @property {string} view as long as it is the same, the map stays where the reader moved it
 * @property {string | null} why a unit that is explained now
 */

const PLACE_LEVELS = ["municipality", "unincorporated-area"];

/** @param {any} given @returns {Scene} */
export function readScene(given = {}) {
  const asking = typeof given.asking === "string" ? { id: given.asking, level: given.level } : (given.asking ?? null);
  const members = new Set([...(given.partners ?? []), ...(given.group ?? [])].map((one) => one.id ?? one));
  members.delete(asking?.id);
  const suggested = given.suggestions?.find((one) => one.role !== "coordinator");
  const level = given.level ?? suggested?.level ?? asking?.level ?? "municipality";
  return {
    asking,
    level: PLACE_LEVELS.includes(level) ? "municipality" : level,
    group: [...members],
    outlined: given.outlined ?? [],
    suggestions: (given.suggestions ?? []).filter((one) => one.id !== asking?.id),
    names: given.names ?? {},
    gaps: given.gaps ?? [],
    whiteSpots: given.whiteSpots ?? null,
    bounds: given.bounds ?? null,
    members: given.members ?? null,
    view: given.view ?? asking?.id ?? JSON.stringify(given.bounds ?? null),
    why: given.why ?? null,
  };
}

/** Whether areas of places have to be known to draw the scene. @param {Scene} scene */
export function needsPlaces(scene) {
  const shown = scene.asking || scene.group.length || scene.whiteSpots;
  return Boolean(shown) && (scene.level === "municipality" || scene.level === "association");
}
