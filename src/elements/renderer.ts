/** Everything that draws a record and opens its files. It is loaded as a whole, because a page without downloads needs none of it. */
export { openDownload, saveDownload } from './base/open-and-save.js';
export { RecordReader } from './base/record-reader.js';
export { faceOf, faceStyles } from './button/button-face.js';
export { Row, rowStyles } from './item/row.js';
export { Rows, rowsStyles } from './list/rows.js';
export { storagePanel, storagePanelStyles } from './storage/storage-panel.js';
