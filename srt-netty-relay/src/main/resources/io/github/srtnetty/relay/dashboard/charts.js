// SPDX-License-Identifier: Apache-2.0
// Four graphs over one time axis, with one cursor. uPlot draws them: https://github.com/leeoniya/uPlot, MIT License.

const HEIGHT = 170;
const GAP_STEPS = 1;

/** The curves: columns of the history, or computed from several. */
const GRAPHS = [
  {
    title: 'Bit rate (Mbit/s)',
    series: [
      { label: 'received', color: '--a', value: (s, i) => scaled(s.bitsPerSecond[i], 1e-6), fill: true },
      { label: 'retransmitted', color: '--c', value: (s, i) => retransmittedMbps(s, i) },
      { label: 'path capacity', color: '--limit', dash: true, scale: 'limit',
        value: (s, i) => scaled(s.bandwidthBitsPerSecond[i], 1e-6) },
    ],
  },
  {
    title: 'Round-trip time (ms)',
    series: [
      { label: 'RTT', color: '--a', value: (s, i) => s.rttMillis[i] },
      { label: 'latency / 4', color: '--limit', dash: true, value: (s, i) => scaled(s.latencyMillis[i], 0.25) },
    ],
  },
  {
    title: 'Receive buffer (ms)',
    series: [
      { label: 'buffer', color: '--a', value: (s, i) => s.bufferMillis[i], fill: true },
      { label: 'latency', color: '--limit', dash: true, value: (s, i) => s.latencyMillis[i] },
    ],
  },
  {
    title: 'Packets per second',
    stacked: true,
    series: [
      { label: 'lost', color: '--b', value: (s, i) => s.lostPerSecond[i] },
      { label: 'retransmitted', color: '--c', value: (s, i) => s.retransmittedPerSecond[i] },
      { label: 'belated', color: '--d', value: (s, i) => s.belatedPerSecond[i] },
      { label: 'dropped', color: '--bad', value: (s, i) => s.droppedPerSecond[i] },
    ],
  },
];

function scaled(value, factor) {
  return value === null || value === undefined ? null : value * factor;
}

function retransmittedMbps(s, i) {
  const packets = s.packetsPerSecond[i];
  const retransmitted = s.retransmittedPerSecond[i];
  if (packets === null || retransmitted === null) {
    return null;
  }
  return packets > 0 ? (retransmitted * (s.bitsPerSecond[i] / packets)) / 1e6 : 0;
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Returns the values of a graph: those of the curves, and those of the legend. */
function columns(graph, history) {
  const raw = graph.series.map((series) => history.x.map((second, i) => series.value(history, i)));
  if (!graph.stacked) {
    return { drawn: raw, raw };
  }
  const sums = history.x.map(() => null);
  const drawn = raw.map((values) => values.map((value, i) => {
    sums[i] = value === null ? sums[i] : (sums[i] ?? 0) + value;
    return sums[i];
  }));
  return { drawn, raw };
}

/** The same for all graphs and the lane, so their time axes align. */
export const SIDE_PIXELS = 56;
export const PADDING = [null, SIDE_PIXELS, null, 0];

/** Returns the time axis and the axis of the values. */
export function axes() {
  const line = { stroke: color('--text'), grid: { stroke: color('--grid'), width: 1 }, ticks: { stroke: color('--grid') } };
  const values = (plot, seconds, axis, space, step) => seconds.map((second) => clock(second, step < 60));
  return [{ ...line, size: 30, space: 90, values }, { ...line, size: SIDE_PIXELS }];
}

function clock(second, withSeconds) {
  return new Date(second * 1000).toLocaleTimeString(undefined, {
    hour: '2-digit', minute: '2-digit', second: withSeconds ? '2-digit' : undefined, hourCycle: 'h23' });
}

export class Charts {
  #uPlot;
  #root;
  #plots = [];
  #raws = [];

  constructor(uPlot, root) {
    this.#uPlot = uPlot;
    this.#root = root;
    this.#build();
  }

  /** Draws a history: columns of equal length, x in seconds. */
  show(history, range) {
    GRAPHS.forEach((graph, index) => {
      const { drawn, raw } = columns(graph, history);
      this.#raws[index] = raw;
      // The largest sum is drawn first, so the others are in front of it.
      this.#plots[index].setData([history.x, ...(graph.stacked ? drawn.reverse() : drawn)], false);
      this.#plots[index].setScale('x', range);
    });
  }

  resize(width) {
    this.#plots.forEach((plot) => plot.setSize({ width, height: HEIGHT }));
  }

  destroy() {
    this.#plots.forEach((plot) => plot.destroy());
  }

  #build() {
    GRAPHS.forEach((graph, index) => {
      const shown = graph.stacked ? [...graph.series].reverse() : graph.series;
      const options = {
        title: graph.title,
        width: Math.max(280, this.#root.clientWidth),
        height: HEIGHT,
        cursor: { sync: { key: 'stream' }, drag: { x: false, y: false }, points: { size: 6 } },
        scales: { x: { time: true, auto: false }, y: { range: (plot, low, high) => [0, high > 0 ? high * 1.1 : 1] },
          limit: { range: (plot, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
        axes: axes(),
        padding: PADDING,
        series: [{ value: (plot, second) => (second === null || second === undefined ? '–' : clock(second, true)) },
          ...shown.map((series, place) => this.#series(graph, index, series, graph.stacked ? shown.length - 1 - place : place))],
      };
      if (graph.series.some((series) => series.scale !== undefined)) {
        options.axes.push({ ...axes()[1], scale: 'limit', side: 1, grid: { show: false } });
        options.padding = [null, 0, null, 0];
      }
      this.#plots.push(new this.#uPlot(options, [[], ...shown.map(() => [])], this.#root));
    });
  }

  #series(graph, index, series, place) {
    const stroke = color(series.color);
    const drawn = {
      label: series.label,
      stroke,
      width: graph.stacked ? 0 : 1.5,
      scale: series.scale ?? 'y',
      dash: series.dash ? [6, 4] : undefined,
      fill: graph.stacked ? stroke : series.fill ? `${stroke}33` : undefined,
      points: { show: false },
      value: (plot, shown, line, at) => {
        const value = at === null || at === undefined ? null : this.#raws[index]?.[place]?.[at];
        return value === null || value === undefined ? '–' : value.toFixed(value < 10 ? 2 : 1);
      },
    };
    if (graph.stacked) {
      drawn.paths = this.#uPlot.paths.bars({ size: [0.9, 20, 1] });
    }
    return drawn;
  }
}

/** The samples of a range, in the form that the graphs need. */
export class History {
  #columns = {};

  constructor(answer) {
    this.step = answer.stepSeconds;
    this.length = Object.values(answer.columns)[0].length;
    this.x = Array.from({ length: this.length }, (value, i) => answer.startSecond + i * this.step);
    this.#columns = answer.columns;
    Object.assign(this, this.#columns);
  }

  /** Adds a second to a history of seconds; returns false if it is too late and the history must be reloaded. */
  add(sample) {
    const last = this.x[this.x.length - 1];
    if (this.step !== 1 || sample.second < last || sample.second > last + GAP_STEPS + 2) {
      return this.step !== 1;
    }
    while (this.x[this.x.length - 1] < sample.second) {
      this.x.push(this.x[this.x.length - 1] + 1);
      this.x.shift();
      for (const values of Object.values(this.#columns)) {
        values.push(null);
        values.shift();
      }
    }
    for (const [key, values] of Object.entries(this.#columns)) {
      values[values.length - 1] = sample[key] ?? null;
    }
    return true;
  }
}
