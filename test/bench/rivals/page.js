/** The same rows, shown by what others use: each subject shows them once and hears of changes in batches. */
import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import '@uppy/dashboard/css/style.min.css';
import '@vaadin/upload/vaadin-upload-file-list.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';

const percent = ({ loaded, total }) => Math.floor((loaded / total) * 100);

/** `@vaadin/upload`: its list takes a new array when something in it changed. */
const vaadin = {
  show(rows, place) {
    this.items = rows.map((row) => ({ name: row.title, uploading: true, ...this.stateOf(row) }));
    this.list = document.createElement('vaadin-upload-file-list');
    this.list.items = this.items;
    place.append(this.list);
  },
  change(rows) {
    for (const row of rows) Object.assign(this.items[row.index], this.stateOf(row));
    this.list.items = [...this.items];
  },
  stateOf(row) {
    return { progress: percent(row), status: `${percent(row)} %` };
  },
};

/** Uppy's dashboard. */
const uppy = {
  show(rows, place) {
    this.uppy = new Uppy();
    this.uppy.use(Dashboard, { inline: true, target: place, height: 760, width: 700, disableThumbnailGenerator: true });
    this.uppy.addFiles(
      rows.map(({ title, total }) => ({ name: title, type: 'audio/mpeg', data: { size: total }, isRemote: true, remote: {} })),
    );
    this.ids = this.uppy.getFiles().map(({ id }) => id);
    this.change(rows);
  },
  change(rows) {
    for (const { index, loaded, total } of rows) {
      this.uppy.setFileState(this.ids[index], {
        progress: {
          uploadStarted: 1,
          uploadComplete: false,
          bytesUploaded: loaded,
          bytesTotal: total,
          percentage: percent({ loaded, total }),
        },
      });
    }
  },
};

/** Web Awesome has no list: rows as a site would write them around its bar. */
const webawesome = {
  show(rows, place) {
    this.rows = rows.map((row) => {
      const element = document.createElement('div');
      element.style.cssText = 'block-size: 76px; padding: 10px; box-sizing: border-box';
      const [title, words] = [document.createElement('b'), document.createElement('span')];
      const bar = document.createElement('wa-progress-bar');
      title.textContent = row.title;
      element.append(title, bar, words);
      return { element, bar, words };
    });
    place.append(...this.rows.map(({ element }) => element));
    this.change(rows);
  },
  change(rows) {
    for (const row of rows) {
      const { bar, words } = this.rows[row.index];
      bar.value = percent(row);
      words.textContent = `${percent(row)} %`;
    }
  },
};

Object.assign((globalThis.subjects ??= {}), { vaadin, uppy, webawesome });
