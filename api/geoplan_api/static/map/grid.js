// Which area lies at a point: boxes of areas in the cells of a grid.

const CELL = 48;

export class GridIndex {
  /** @param {import("./layer.js").Layer} layer */
  constructor(layer) {
    this.layer = layer;
    /** @type {Map<number, number[]>} */
    this.cells = new Map();
    const { boxes } = layer;
    for (let area = 0; area < layer.count; area++) {
      const [west, north, east, south] = boxes.subarray(4 * area, 4 * area + 4);
      for (let column = Math.floor(west / this.cell); column <= Math.floor(east / this.cell); column++) {
        for (let row = Math.floor(north / this.cell); row <= Math.floor(south / this.cell); row++) this.note(column, row, area);
      }
    }
  }

  get cell() {
    // About 5 km at every fineness.
    return CELL * 2 ** (this.layer.zoom - 10);
  }

  note(column, row, area) {
    const key = column * 65536 + row;
    const cell = this.cells.get(key);
    if (cell) cell.push(area);
    else this.cells.set(key, [area]);
  }

  /** The area at a point in the coordinates of the layer, -1 for none. */
  at(x, y) {
    const near = this.cells.get(Math.floor(x / this.cell) * 65536 + Math.floor(y / this.cell)) ?? [];
    return near.find((area) => this.layer.contains(area, x, y)) ?? -1;
  }
}
