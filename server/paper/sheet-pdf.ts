import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';

/** A form in words, ready to be set on paper. */
export interface WordedSheet {
  readonly title: string;
  readonly blocks: readonly {
    readonly heading: string;
    readonly look: string;
    readonly lines: readonly string[];
  }[];
  readonly foot: readonly string[];
}

const MARGIN = 36;
const RULE = '#888888';
/** Points: the title, a child's name, what is ticked, what is read once. */
const SIZE = { title: 16, heading: 13, line: 11, small: 9 } as const;
/** Points between a line to write on and the next: room for a hand. */
const WRITING_GAP = 4.5;
/** How many times its size a line of this font is high. */
const LINE_HEIGHT = 1.45;
/** Stands for a character that the font does not have: room to write it by hand. */
const BY_HAND = '＿';
/** In a sentence `…` is room to write, up to the margin. */
const ROOM = '…';

const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')));
let font: Buffer | null = null;

/** The form as one A4 page (more only if there are more children than a page holds). The same sheet, the same bytes. */
export async function sheetPdf(sheet: WordedSheet, at: Date): Promise<Buffer> {
  font ??= readFileSync(join(packageFolder, 'fonts', 'NotoSansHans-Regular.otf'));
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    info: { CreationDate: at, ModDate: at },
  });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('sc', font).font('sc');
  setSheet(doc, printable(sheet, glyphsOf(doc)));
  doc.end();
  await done;
  return Buffer.concat(parts);
}

function setSheet(doc: PDFKit.PDFDocument, { title, blocks, foot }: WordedSheet): void {
  doc.fontSize(SIZE.title).text(title);
  for (const { heading, look, lines } of blocks) {
    const small = doc.fontSize(SIZE.small).heightOfString(look);
    const head = doc.fontSize(SIZE.heading).heightOfString(heading);
    const height = head + small + lines.length * (LINE_HEIGHT * SIZE.line + WRITING_GAP);
    if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
    rule(doc);
    doc.fontSize(SIZE.heading).text(heading);
    doc.fontSize(SIZE.small).text(look);
    doc.y += WRITING_GAP / 2;
    for (const line of lines) setLine(doc, line);
  }
  rule(doc);
  for (const line of foot) doc.fontSize(SIZE.small).text(line);
}

/** A line to write on: its words, and a rule from the last of them to the margin. */
function setLine(doc: PDFKit.PDFDocument, line: string): void {
  const { y } = doc;
  const words = line.endsWith(ROOM) ? line.slice(0, -ROOM.length) : line;
  doc.fontSize(SIZE.line).text(words, { lineGap: WRITING_GAP });
  if (words === line) return;
  const from = MARGIN + doc.widthOfString(words) + 4;
  const base = y + SIZE.line + 3;
  doc
    .moveTo(from, base)
    .lineTo(doc.page.width - MARGIN, base)
    .lineWidth(0.6)
    .stroke(RULE);
}

function rule(doc: PDFKit.PDFDocument): void {
  doc
    .moveTo(MARGIN, doc.y)
    .lineTo(doc.page.width - MARGIN, doc.y)
    .lineWidth(1.2)
    .stroke('black');
  doc.y += 1;
}

/** The sheet with every character the font lacks left open, so that nothing is printed as an empty box. */
function printable(sheet: WordedSheet, has: (codePoint: number) => boolean): WordedSheet {
  const clean = (text: string): string =>
    Array.from(text, (c) => (c === '\n' || has(c.codePointAt(0) ?? 0) ? c : BY_HAND)).join('');
  return {
    title: clean(sheet.title),
    blocks: sheet.blocks.map(({ heading, look, lines }) => ({
      heading: clean(heading),
      look: clean(look),
      lines: lines.map(clean),
    })),
    foot: sheet.foot.map(clean),
  };
}

/** Which characters the font has. pdfkit knows and does not say so: the font it opened lies in a field of its own. */
function glyphsOf(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  const opened = doc as unknown as {
    readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
  };
  return (codePoint) => opened._font.font.hasGlyphForCodePoint(codePoint);
}
