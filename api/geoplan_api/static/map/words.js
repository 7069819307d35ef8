// What the map says; the page gives the sentences in the reader's language.

export const WORDS = {
  map_label: "Map",
  map_keys: "Arrow keys move the map, + and − change its scale, Enter chooses the area in the middle.",
  map_zoom_in: "Closer",
  map_zoom_out: "Further away",
  map_fit: "All suggestions",
  map_rank: "Rank {rank} · fit {score}",
  map_rank_only: "Rank {rank}",
  map_unincorporated: "unincorporated area",
  map_failed: "The map could not be loaded.",
  map_retry: "Try again",
  map_basemap: "Load background map ({provider})",
  map_basemap_off: "Without background map",
  map_basemap_note: "Your address on the internet then goes to {provider}.",
};

/** A sentence with its fields filled in. */
export function fill(sentence, fields) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
}
