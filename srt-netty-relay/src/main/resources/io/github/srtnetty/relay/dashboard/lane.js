// SPDX-License-Identifier: Apache-2.0
// The events of a stream: marks on the time axis of the graphs, and a readable list.
import { element, setAttribute } from './dom.js';
import { axes, PADDING } from './charts.js';
import * as format from './format.js';

const HEIGHT = 76;
const MARK_PIXELS = 3;

function markColor(kind) {
  const name = /alarm|reject|slow|fail/i.test(kind) ? '--bad' : /cue/i.test(kind) ? '--c' : '--a';
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export class Lane {
  #plot = null;
  #list = element('ol', { id: 'events', 'aria-label': 'Events' });
  #events = [];

  constructor(uPlot, root) {
    const graph = element('div', { class: 'lane', 'aria-hidden': 'true' });
    root.replaceChildren(element('h3', {}, 'Events'), graph, this.#list);
    if (uPlot !== null) {
      this.#plot = new uPlot({
        width: Math.max(280, root.clientWidth),
        height: HEIGHT,
        legend: { show: false },
        cursor: { sync: { key: 'stream' }, drag: { x: false, y: false }, y: false },
        scales: { x: { time: true, auto: false }, y: { range: () => [0, 1] } },
        padding: PADDING,
        axes: [axes()[0], { ...axes()[1], values: () => [], grid: { show: false }, ticks: { show: false } }],
        series: [{}, {}],
        hooks: { draw: [(plot) => this.#draw(plot)] },
      }, [[], []], graph);
    }
  }

  show(events, range) {
    const last = this.#events[this.#events.length - 1]?.sequence;
    const changed = events.length !== this.#events.length || events[events.length - 1]?.sequence !== last;
    this.#events = events;
    if (changed) {
      this.#list.replaceChildren(...[...events].reverse().map((event) => {
        const item = element('li', {}, element('time', { datetime: event.time }, format.time(event.time)), ' ',
          element('b', {}, event.kind), ' ', event.text);
        setAttribute(item, 'data-kind', event.kind);
        return item;
      }));
    }
    if (this.#plot !== null) {
      this.#plot.setData([[range.min, range.max], [null, null]], false);
      this.#plot.setScale('x', range);
    }
  }

  resize(width) {
    this.#plot?.setSize({ width, height: HEIGHT });
  }

  destroy() {
    this.#plot?.destroy();
  }

  #draw(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const event of this.#events) {
      const second = Date.parse(event.time) / 1000;
      if (second >= plot.scales.x.min && second <= plot.scales.x.max) {
        ctx.fillStyle = markColor(event.kind);
        ctx.fillRect(plot.valToPos(second, 'x', true) - MARK_PIXELS / 2, bbox.top, MARK_PIXELS, bbox.height);
      }
    }
    ctx.restore();
  }
}
