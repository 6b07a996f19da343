/** How far the import has come, said on stderr so that a pipe of the summary stays clean. */
export interface Progress {
  checked(children: number): void;
  written(children: number, ofChildren: number): void;
  stop(): void;
}

const LINE_EVERY = 5_000;

/** For a log or a pipe: a line every 5,000 children. */
export function lineProgress(say: (line: string) => void): Progress {
  let told = 0;
  const tell = (children: number, line: string): void => {
    if (children < told) told = 0; // the second reading begins
    if (Math.floor(children / LINE_EVERY) === Math.floor(told / LINE_EVERY)) return;
    told = children;
    say(line);
  };
  return {
    checked: (n) => tell(n, `已检查 ${n} 名儿童 / ${n} children checked`),
    written: (n, of) => tell(n, `已写入 ${n}/${of} 名儿童 / ${n} of ${of} children written`),
    stop: () => undefined,
  };
}

/** The part of a bar of cli-progress that is used here. */
export interface Bar {
  start(total: number, startValue: number): void;
  update(current: number): void;
  setTotal(total: number): void;
  stop(): void;
}

/** For a terminal: one bar while checking, whose length is not known, and one while writing. */
export function barProgress(newBar: (format: string) => Bar): Progress {
  let bar: Bar | null = null;
  let writing = false;
  const checking = (): Bar => {
    if (bar) return bar;
    bar = newBar('检查 / checking  {value}');
    bar.start(0, 0);
    return bar;
  };
  return {
    checked(children) {
      checking().setTotal(children);
      checking().update(children);
    },
    written(children, ofChildren) {
      if (!writing) {
        bar?.stop();
        bar = newBar('写入 / writing  [{bar}] {value}/{total}  {eta_formatted}');
        bar.start(ofChildren, 0);
        writing = true;
      }
      bar?.update(children);
    },
    stop: () => bar?.stop(),
  };
}
