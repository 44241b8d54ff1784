// SPDX-License-Identifier: Apache-2.0
// The players of a stream, each with a button that disconnects it.
import { element, message, setAttribute, setText } from './dom.js';
import { confirmed } from './confirm.js';
import * as api from './api.js';
import * as format from './format.js';

const COLUMNS = ['Player', 'Connected', 'Bit rate', 'RTT', 'Drops', 'Queue', 'Lag'];

export class Players {
  #body = element('tbody');
  #rows = new Map();
  #sent = new Map();
  #mayDisconnect;
  #none = element('p', { id: 'no-players' }, 'No players.');
  #table;

  constructor(root, caller) {
    this.#mayDisconnect = caller.role !== 'observer';
    const heads = this.#mayDisconnect ? [...COLUMNS, ''] : COLUMNS;
    this.#table = element('table', { id: 'players', 'aria-label': 'Players' },
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))), this.#body);
    root.replaceChildren(element('h3', {}, 'Players'), this.#none, element('div', { class: 'wide' }, this.#table));
  }

  show(players, time) {
    const now = Date.parse(time);
    const rows = new Map();
    players.forEach((player, index) => {
      const row = this.#rows.get(player.id) ?? this.#create(player);
      this.#fill(row, player, now);
      rows.set(player.id, row);
      if (this.#body.rows[index] !== row) {
        this.#body.insertBefore(row, this.#body.rows[index] ?? null);
      }
    });
    for (const [id, row] of this.#rows) {
      if (!rows.has(id)) {
        row.remove();
        this.#sent.delete(id);
      }
    }
    this.#rows = rows;
    this.#none.hidden = players.length > 0;
    this.#table.hidden = players.length === 0;
  }

  #create(player) {
    const row = element('tr', { 'data-id': player.id }, ...COLUMNS.map(() => element('td')));
    if (this.#mayDisconnect) {
      row.append(element('td', {}, element('button', {
        type: 'button',
        class: 'disconnect',
        'aria-label': `Disconnect ${format.peer(player)}`,
        onclick: () => this.#disconnect(player),
      }, 'Disconnect')));
    }
    return row;
  }

  #fill(row, player, now) {
    const before = this.#sent.get(player.id);
    let bits = before?.bits;
    if (before === undefined || now > before.now) {
      bits = before === undefined ? undefined : ((player.sentBytes - before.bytes) * 8000) / (now - before.now);
      this.#sent.set(player.id, { bytes: player.sentBytes, now, bits });
    }
    const texts = [format.peer(player), format.duration((now - Date.parse(player.connectedAt)) / 1000), format.rate(bits),
      format.millis(player.rttMillis), format.count(player.droppedPackets), format.bytes(player.queuedBytes),
      `${player.lagMillis} ms`];
    texts.forEach((text, index) => setText(row.cells[index], text));
    setAttribute(row.cells[4], 'class', player.droppedPackets > 0 ? 'bad' : null);
    setAttribute(row.cells[4], 'data-value', player.droppedPackets);
    setAttribute(row.cells[5], 'data-value', player.queuedBytes);
    setAttribute(row.cells[6], 'data-value', player.lagMillis);
  }

  async #disconnect(player) {
    if (!await confirmed(`Disconnect the player ${format.peer(player)}?`, 'Disconnect')) {
      return;
    }
    try {
      await api.remove(`players/${player.id}`);
      message('');
    } catch (error) {
      message(`Not disconnected: ${error.message}`);
    }
  }
}
