// SPDX-License-Identifier: Apache-2.0
// The nodes of the cluster, and which of them publishes which stream. Without a cluster nothing is shown.
import { element, setAttribute, setText } from './dom.js';
import * as format from './format.js';

const COLUMNS = [
  ['node', 'Node', (node) => node.name + (node.self ? ' (this one)' : '')],
  ['state', 'State', (node) => node.state],
  ['since', 'In the cluster for', (node, now) => format.duration((now - Date.parse(node.since)) / 1000)],
  ['version', 'Version', (node) => node.version ?? '–'],
  ['publishers', 'Publishers', (node) => format.count(node.publishers)],
  ['players', 'Players', (node) => format.count(node.players)],
  ['pulls', 'Pulls', (node) => format.count(node.pulls)],
  ['received', 'Received', (node) => format.rate(node.receivedBitsPerSecond)],
  ['sent', 'Sent', (node) => format.rate(node.sentBitsPerSecond)],
  ['load', 'Load', (node) => (node.load === undefined ? '–' : node.load.toFixed(2))],
];

export class NodeTable {
  #body = element('tbody');
  #rows = new Map();
  #missing = element('p', { id: 'missing-nodes', class: 'bad', role: 'status' });
  #section;

  constructor(root) {
    const heads = COLUMNS.map(([key, title]) => element('th', { scope: 'col', 'data-column': key }, title));
    this.#section = element('section', { id: 'cluster', 'aria-label': 'Nodes' },
      element('h2', {}, 'Nodes'), this.#missing,
      element('div', { class: 'wide' }, element('table', { id: 'nodes', 'aria-label': 'Nodes' },
        element('thead', {}, element('tr', {}, ...heads)), this.#body)));
    this.#section.hidden = true;
    root.replaceChildren(this.#section);
  }

  show(snapshot) {
    const { cluster } = snapshot;
    this.#section.hidden = cluster === undefined;
    if (cluster === undefined) {
      return;
    }
    const now = Date.parse(snapshot.time);
    const rows = new Map();
    cluster.nodes.forEach((node, index) => {
      const row = this.#rows.get(node.name) ?? element('tr', { 'data-node': node.name },
        ...COLUMNS.map(([key]) => element('td', { 'data-column': key })));
      COLUMNS.forEach(([, , text], place) => setText(row.cells[place], text(node, now)));
      setAttribute(row, 'data-state', node.state);
      rows.set(node.name, row);
      if (this.#body.rows[index] !== row) {
        this.#body.insertBefore(row, this.#body.rows[index] ?? null);
      }
    });
    for (const [name, row] of this.#rows) {
      if (!rows.has(name)) {
        row.remove();
      }
    }
    this.#rows = rows;
    setText(this.#missing, missing(cluster));
    this.#missing.hidden = this.#missing.textContent === '';
  }
}

function missing(cluster) {
  const { expectedNodes } = cluster;
  if (cluster.nodes.length >= expectedNodes) {
    return '';
  }
  return cluster.nodes.length === 1
    ? `This node runs alone: ${expectedNodes} nodes are expected.`
    : `${cluster.nodes.length} of ${expectedNodes} expected nodes are in the cluster.`;
}

/** Returns the rows of the table of streams: those of this node, with the node that publishes each, and those of other nodes. */
export function withOrigins(snapshot) {
  if (snapshot.cluster === undefined) {
    return snapshot;
  }
  const origins = new Map(snapshot.cluster.streams.map((stream) => [stream.name, stream]));
  const here = snapshot.streams
    .filter((row) => row.state !== 'ended' || !origins.has(row.name))
    .map((row) => ({ ...row, node: origins.get(row.name)?.node }));
  const names = new Set(here.map((row) => row.name));
  const elsewhere = snapshot.cluster.streams
    .filter((stream) => !names.has(stream.name))
    .map(({ name, node, state }) => ({ name, node, state, alarms: [] }));
  return { ...snapshot, streams: [...here, ...elsewhere] };
}
