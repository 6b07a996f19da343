import { parentPort } from 'node:worker_threads';
import { sheetPdf } from './sheet-pdf.ts';
import type { Order, Printed } from './sheet-press.ts';

/** The thread that sets forms: opening the font and taking a subset of it keeps a processor busy for a while. */
parentPort?.on('message', ({ id, sheet, at }: Order) => {
  const answer = (printed: Printed): void => parentPort?.postMessage(printed);
  sheetPdf(sheet, at).then(
    (pdf) => {
      answer({ id, pdf });
    },
    () => {
      answer({ id, pdf: null });
    },
  );
});
