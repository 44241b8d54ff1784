// SPDX-License-Identifier: Apache-2.0
// The page of one stream.
import { element, message, setAttribute, setText } from './dom.js';
import { Charts, History } from './charts.js';
import { confirmed } from './confirm.js';
import { lampText } from './columns.js';
import { Lane } from './lane.js';
import { Players } from './players.js';
import { saveCsv } from './csv.js';
import * as api from './api.js';
import * as format from './format.js';

const RANGES = { '1m': ['1 min', 60, 1], '10m': ['10 min', 600, 1], '1h': ['1 h', 3600, 10], '24h': ['24 h', 86400, 60] };
const FACTS = {
  State: (row) => row.state,
  Publisher: (row) => format.peer(row.publisher),
  Uptime: (row, now) => format.duration(row.publisher && (now - Date.parse(row.publisher.connectedAt)) / 1000),
  'Bit rate': (row) => format.rate(row.receivedBitsPerSecond),
  RTT: (row) => format.millis(row.rttMillis),
  Latency: (row) => (row.latencyMillis === undefined ? '–' : `${row.latencyMillis} ms`),
  Loss: (row) => `${format.percent(row.lossPercent)} (${row.lostPackets})`,
  Retransmitted: (row) => `${format.percent(row.retransmittedPercent)} (${row.retransmittedPackets})`,
  Belated: (row) => format.count(row.belatedPackets),
  Drops: (row) => format.count(row.droppedPackets),
  'Player drops': (row) => format.count(row.playersDroppedPackets),
  Players: (row) => format.count(row.players),
  Alarms: (row) => lampText(row.alarms),
};

export class StreamPage {
  #name;
  #caller;
  #range = '10m';
  #history = null;
  #loadedAt = 0;
  #loads = 0;
  #last = null;
  #charts = null;
  #lane;
  #players;
  #facts = new Map();
  #advice = element('p', { id: 'advice', role: 'status' });
  #reset = element('span', { id: 'reset-at' });
  #disconnect = element('button', { type: 'button', id: 'disconnect', onclick: () => this.#disconnectPublisher() },
    'Disconnect publisher');
  #graphs = element('div', { id: 'graphs' });
  #laneRoot = element('div', { class: 'lane-section' });
  #observer;
  #theme = matchMedia('(prefers-color-scheme: dark)');
  #rebuild = () => this.#build();
  #uPlot = null;

  constructor(root, name, caller, uPlot) {
    this.#name = name;
    this.#caller = caller;
    this.#uPlot = uPlot;
    const players = element('div', { class: 'players' });
    root.replaceChildren(element('p', {}, element('a', { href: '#/' }, '← all streams')),
      element('h2', { id: 'stream-name' }, name), this.#factList(), this.#advice, this.#tools(), this.#graphs,
      this.#laneRoot, players);
    this.#players = new Players(players, caller);
    this.#build();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.#graphs);
    this.#theme.addEventListener('change', this.#rebuild);
    this.#load();
  }

  show(detail) {
    this.#last = detail;
    const row = detail.stream;
    const now = Date.parse(detail.time);
    for (const [name, cell] of this.#facts) {
      setText(cell, row === undefined ? '–' : FACTS[name](row, now));
    }
    setAttribute(this.#facts.get('Drops'), 'class', row?.droppedPackets > 0 ? 'bad' : null);
    setAttribute(this.#facts.get('State'), 'class', `state ${row?.state ?? ''}`);
    setText(this.#advice, row === undefined ? 'Nobody publishes or plays this stream on this node.' : detail.advice.sentence);
    setAttribute(this.#advice, 'data-level', detail.advice?.level ?? 'unknown');
    setText(this.#reset, row?.resetAt === undefined ? 'counters never reset' : `counted since ${format.time(row.resetAt)}`);
    setAttribute(this.#reset, 'data-value', row?.resetAt ?? '');
    this.#disconnect.hidden = this.#caller.role === 'observer' || row?.publisher === undefined;
    this.#players.show(detail.players, detail.time);
    if (detail.sample !== undefined && this.#history !== null) {
      const late = Date.now() - this.#loadedAt > RANGES[this.#range][2] * 1000;
      if (!this.#history.add(detail.sample) || (this.#history.step > 1 && late)) {
        this.#load();
      }
    }
    this.#draw();
    setAttribute(this.#graphs, 'data-time', detail.time);
  }

  close() {
    this.#observer.disconnect();
    this.#theme.removeEventListener('change', this.#rebuild);
    this.#charts?.destroy();
    this.#lane.destroy();
  }

  #factList() {
    const list = element('dl', { class: 'facts' });
    for (const name of Object.keys(FACTS)) {
      const cell = element('dd', { 'data-fact': name }, '–');
      this.#facts.set(name, cell);
      list.append(element('div', {}, element('dt', {}, name), cell));
    }
    return list;
  }

  #tools() {
    const ranges = Object.entries(RANGES).map(([key, [title]]) => element('button', {
      type: 'button', class: 'range', 'data-range': key, 'aria-pressed': String(key === this.#range),
      onclick: () => this.#choose(key),
    }, title));
    const tools = element('div', { class: 'tools' }, element('span', { role: 'group', 'aria-label': 'Range' }, ...ranges),
      element('button', { type: 'button', id: 'csv', onclick: () => this.#csv() }, 'CSV'));
    if (this.#caller.role !== 'observer') {
      tools.append(element('button', { type: 'button', id: 'reset', onclick: () => this.#resetCounters() }, 'Reset counters'));
    }
    tools.append(this.#reset, this.#disconnect);
    this.#disconnect.hidden = true;
    return tools;
  }

  #choose(range) {
    this.#range = range;
    for (const button of document.querySelectorAll('button.range')) {
      setAttribute(button, 'aria-pressed', String(button.dataset.range === range));
    }
    this.#load();
  }

  async #load() {
    const load = ++this.#loads;
    this.#loadedAt = Date.now();
    try {
      const answer = await api.get(`streams/${encodeURIComponent(this.#name)}/history?range=${this.#range}`);
      if (load === this.#loads) {
        this.#history = new History(answer);
        this.#draw();
        setAttribute(this.#graphs, 'data-range', this.#range);
      }
    } catch (error) {
      this.#history = null; // not available yet, or disconnected, which the page shows
    }
  }

  #draw() {
    const end = this.#history?.x[this.#history.x.length - 1] ?? Math.floor(Date.now() / 1000);
    const range = { min: end - RANGES[this.#range][1], max: end };
    if (this.#history !== null) {
      this.#charts?.show(this.#history, range);
    }
    this.#lane.show(this.#last?.events ?? [], range);
  }

  #build() {
    this.#charts?.destroy();
    this.#lane?.destroy();
    this.#graphs.replaceChildren();
    if (this.#uPlot === null) {
      this.#graphs.append(element('p', {}, 'There are no graphs because the relay runs without uPlot.'));
    } else {
      this.#charts = new Charts(this.#uPlot, this.#graphs);
    }
    this.#lane = new Lane(this.#uPlot, this.#laneRoot);
    this.#draw();
  }

  #resize() {
    const width = Math.max(280, this.#graphs.clientWidth);
    this.#charts?.resize(width);
    this.#lane.resize(width);
  }

  async #act(task, failure) {
    try {
      await task();
      message('');
    } catch (error) {
      message(`${failure}: ${error.message}`);
    }
  }

  #csv() {
    return this.#act(() => saveCsv(this.#name, this.#range), 'CSV not saved');
  }

  async #resetCounters() {
    if (await confirmed(`Reset the counters of ${this.#name}?`, 'Reset')) {
      await this.#act(() => api.post(`streams/${encodeURIComponent(this.#name)}/reset`), 'Counters not reset');
    }
  }

  async #disconnectPublisher() {
    const publisher = this.#last?.stream?.publisher;
    if (publisher !== undefined && await confirmed(`Disconnect the publisher ${format.peer(publisher)}?`, 'Disconnect')) {
      await this.#act(() => api.remove(`publishers/${publisher.id}`), 'Not disconnected');
    }
  }
}
