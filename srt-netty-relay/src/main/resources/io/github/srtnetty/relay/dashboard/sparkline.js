// SPDX-License-Identifier: Apache-2.0
// The bit rate of the last minute as a line; SVG, so it has the colour of the text.

const NAMESPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 90;
const HEIGHT = 20;
export const SECONDS = 60;

export function createSparkline() {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('class', 'sparkline');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(NAMESPACE, 'polyline'));
  return svg;
}

/** Draws values, the latest at the right; null is a gap at the bottom. */
export function drawSparkline(svg, values) {
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = WIDTH - ((values.length - 1 - index) * WIDTH) / (SECONDS - 1);
    const y = HEIGHT - 1 - ((value ?? 0) / most) * (HEIGHT - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  svg.firstChild.setAttribute('points', points.join(' '));
}

/** The bit rates of all streams in the last minute. */
export class Rates {
  #values = new Map();
  #second = 0;

  /** Starts with the history of the relay. */
  load(sparklines) {
    this.#second = Math.max(this.#second, sparklines.second);
    for (const [name, values] of Object.entries(sparklines.receivedBitsPerSecond)) {
      this.#values.set(name, values.slice(-SECONDS));
    }
  }

  /** Adds the values of an event; events of one second replace each other. */
  add(snapshot) {
    const second = Math.round(Date.parse(snapshot.time) / 1000);
    const again = second <= this.#second;
    this.#second = Math.max(second, this.#second);
    const known = new Map();
    for (const row of snapshot.streams) {
      if (row.receivedBitsPerSecond === undefined) {
        continue; // a stream of another node
      }
      const values = this.#values.get(row.name) ?? [];
      if (again && values.length > 0) {
        values[values.length - 1] = row.receivedBitsPerSecond;
      } else {
        values.push(row.receivedBitsPerSecond);
      }
      known.set(row.name, values.length > SECONDS ? values.slice(-SECONDS) : values);
    }
    this.#values = known;
  }

  of(name) {
    return this.#values.get(name) ?? [];
  }
}
