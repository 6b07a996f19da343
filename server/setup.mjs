#!/usr/bin/env node
/**
 * Makes a fresh clone runnable: packages installed, Prisma clients generated. Every npm script runs it first.
 * Plain Node without dependencies, because it runs before there are any; quiet and quick when nothing is to be done.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP_FILE = join(ROOT, 'node_modules', '.hutong-setup');
const GENERATOR_STAMP = join(ROOT, 'server', 'store', 'generated', 'stamp');
const LOCK_DIR = join(ROOT, '.setup-lock');
const LOCK_BEAT_MS = 2_000;
const LOCK_STALE_MS = 30_000; // fifteen missed beats: the holder was killed
const LOCK_POLL_MS = 200;
const HEAD_CHARS = 1_500; // npm says the reason first,
const TAIL_CHARS = 1_000; // a compiler last
const PREREQUISITES =
  'Needed: Node.js 20.19 or newer, and for the native SQLite module Python, make and a C++ compiler (Debian: apt-get install python3 make g++).';

const production = process.env.NODE_ENV === 'production';
let running = null; // the program being waited for, ended with us when we are told to stop

class SetupError extends Error {}

try {
  refuseOldNode();
  if (workToDo().length > 0) await withLock(doWork);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

function say(sentence) {
  process.stderr.write(`hutong setup: ${sentence}\n`);
}

/** The same range as `engines` in package.json: 20.19 and newer of 20, 22.12 and newer. */
function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!fits) {
    throw new SetupError(
      `This is Node.js ${process.versions.node}. Please install Node.js 20.19 or newer of version 20, or 22.12 or newer.`,
    );
  }
}

/** What is missing now, asked once without the lock and once again under it. */
function workToDo() {
  const stamp = readStamp();
  if (!installedBy(stamp)) return ['install', 'generate'];
  return generatedBy(stamp) ? [] : ['generate'];
}

async function doWork() {
  const work = workToDo(); // somebody else may have done it while we waited for the lock
  if (work.includes('install')) await install();
  if (work.includes('generate')) await generate();
}

// ── packages ──

/** A full install also serves production; the other way round development tools would be missing. */
function installedBy(stamp) {
  return (
    stamp.packages === packagesKey('all') || (production && stamp.packages === packagesKey('production'))
  );
}

/** Changes with the lock file and with anything that makes a compiled module unusable. */
function packagesKey(extent) {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  return hash([lock, extent, process.platform, process.arch, process.versions.modules]);
}

async function install() {
  const extent = production ? 'production' : 'all';
  if (!(alreadyInstalled() && (await nativeModuleLoads()))) {
    say('installing packages (npm ci), this takes a few minutes the first time');
    await npmCi();
    if (!(await nativeModuleLoads()))
      throw new SetupError(`The SQLite module does not load after the install. ${PREREQUISITES}`);
  }
  writeStamp({ packages: packagesKey(extent) });
}

/** True where somebody ran npm by hand: npm's own record in node_modules holds all that the lock file asks for. */
function alreadyInstalled() {
  const present = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages;
  if (!present || !wanted) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      (production && (entry.dev || entry.devOptional)) ||
      (present[path]?.version === entry.version && existsSync(join(ROOT, path))),
  );
}

async function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', ...(production ? ['--omit=dev'] : ['--include=dev'])];
  const result = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
  if (result.code === 0) return;
  throw new SetupError(`npm ci failed (${result.code}). ${PREREQUISITES} What npm said:\n${result.said}`);
}

async function nativeModuleLoads() {
  const result = await run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"]);
  return result.code === 0;
}

// ── Prisma clients ──

/** The generator writes a stamp of its own last, so a half-made folder has none. */
function generatedBy(stamp) {
  return existsSync(GENERATOR_STAMP) && stamp.generated === generatedKey();
}

/** Changes with the schema, the generator, what it made, and the versions of the packages; migrations are not an input. */
function generatedKey() {
  const folder = join(ROOT, 'prisma');
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
  const contents = files.flatMap((name) => [name, readFileSync(join(folder, name))]);
  return hash([readFileSync(join(ROOT, 'package-lock.json')), readFileSync(GENERATOR_STAMP), ...contents]);
}

async function generate() {
  const script = join(ROOT, 'prisma', 'generate.mjs');
  if (!existsSync(script)) throw new SetupError('This folder is incomplete: prisma/generate.mjs is missing.');
  say('generating the database clients');
  const result = await run(process.execPath, [script]);
  if (result.code !== 0)
    throw new SetupError(`prisma/generate.mjs failed (${result.code}). It said:\n${result.said}`);
  if (!existsSync(GENERATOR_STAMP))
    throw new SetupError('prisma/generate.mjs ended without its stamp in server/store/generated.');
  writeStamp({ generated: generatedKey() });
}

// ── the stamp ──

function readStamp() {
  return readJson(STAMP_FILE) ?? {};
}

/** A stamp that cannot be written (a read-only image) costs time at the next start, never the start itself. */
function writeStamp(part) {
  try {
    writeFileSync(STAMP_FILE, `${JSON.stringify({ ...readStamp(), ...part })}\n`);
  } catch {
    say('node_modules cannot be written to, so the next start will check again');
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

// ── one at a time ──

/** Runs `work` while holding the lock folder; its modification time is the holder's heartbeat. */
async function withLock(work) {
  await takeLock();
  const beat = setInterval(beatLock, LOCK_BEAT_MS);
  const stop = (signal) => {
    running?.kill(signal);
    releaseLock();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await work();
  } finally {
    clearInterval(beat);
    releaseLock();
  }
}

async function takeLock() {
  for (let told = false; !mkdirOnce(); told = true) {
    if (lockIsStale()) {
      breakLock();
      continue;
    }
    if (!told) say('another setup is running here, waiting for it');
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
}

/** mkdir is atomic everywhere, so exactly one of several starters gets the lock. */
function mkdirOnce() {
  try {
    mkdirSync(LOCK_DIR);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new SetupError(
      `This folder cannot be written to (${error.code}), so nothing can be installed here.`,
    );
  }
}

function beatLock() {
  try {
    utimesSync(LOCK_DIR, new Date(), new Date());
  } catch {
    // A lock taken away from us costs at worst a second install of the same packages.
  }
}

function lockIsStale() {
  const beatAtMs = statSync(LOCK_DIR, { throwIfNoEntry: false })?.mtimeMs;
  return beatAtMs !== undefined && Date.now() - beatAtMs > LOCK_STALE_MS;
}

/** Renaming first lets only one of several waiters remove a stale lock; a fresh one caught by mistake goes back. */
function breakLock() {
  const aside = `${LOCK_DIR}.${process.pid}`;
  try {
    renameSync(LOCK_DIR, aside);
    if (Date.now() - statSync(aside).mtimeMs <= LOCK_STALE_MS) renameSync(aside, LOCK_DIR);
  } catch {
    return; // somebody was quicker
  }
  rmSync(aside, { recursive: true, force: true });
}

function releaseLock() {
  rmSync(LOCK_DIR, { recursive: true, force: true });
}

/** Runs a program quietly; resolves with its exit code and the beginning and end of what it wrote. */
function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: program.endsWith('.cmd'),
    });
    running = child;
    let head = '';
    let tail = '';
    const keep = (chunk) => {
      const text = String(chunk);
      const room = HEAD_CHARS - head.length;
      head += text.slice(0, room);
      tail = (tail + text.slice(room)).slice(-TAIL_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: error.code ?? 'failed', said: error.message }));
    child.on('close', (code, signal) => {
      resolve({ code: code ?? signal, said: tail === '' ? head : `${head}\n…\n${tail}` });
    });
  });
}
