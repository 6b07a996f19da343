import { loadTurns, type LoadedTurn } from '../../bot/views.ts';
import { isOwn, mayOpen, type FileBelongings, type Opener } from '../domain/files/may-open.ts';
import { say } from '../domain/say.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { insert, update, type Batch } from '../services/batch.ts';
import { StaleBatch } from '../store/commit.ts';
import { fileBytes, fileFacts } from '../store/files.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { fileBelongings, listeningOf } from '../store/listening.ts';
import { lookupsOf } from '../store/lookups.ts';
import { tripOfFile } from '../store/paper-forms.ts';
import { safetyLookup } from './safety-lookups.ts';
import { languageOf, type World } from './world.ts';

/**
 * The bytes of a file for somebody who may have it; null for everybody else. Whoever opens what is not their own leaves
 * an access row, and a voice message has been listened to from then on.
 */
export async function openFile(
  world: World,
  account: ChatAccountRow,
  id: string,
): Promise<{ readonly mime: string; readonly bytes: Buffer; readonly name: string } | null> {
  const { store, clock, primary } = world;
  const [facts, belongings] = await Promise.all([fileFacts(store, id), fileBelongings(store, id)]);
  if (facts === null || belongings === null) return null;
  const lookups = { ...lookupsOf(store, primary, world.workingDays), campaigns: safetyLookup(world) };
  const turn = (await loadTurns(lookups, [account.id], shanghaiDate(clock.now()), () => false)).get(
    account.id,
  );
  const opener = openerOf(account, turn);
  if (!mayOpen(belongings, opener)) return null;
  if (!isOwn(belongings, opener)) await noteOpened(world, id, belongings, opener);
  const bytes = await fileBytes(store, id);
  return bytes === null ? null : { mime: facts.mime, bytes, name: await nameOf(world, account, id) };
}

/** A form tells the day of its trip; nothing else has a name, least of all somebody's. */
async function nameOf({ store, wording }: World, account: ChatAccountRow, id: string): Promise<string> {
  const tripOn = await tripOfFile(store, id);
  return tripOn === null ? id : wording.render(languageOf(account), say('paper.file-name', { on: tripOn }));
}

function openerOf(account: ChatAccountRow, turn: LoadedTurn | undefined): Opener {
  return {
    accountId: account.id,
    personId: account.personId,
    childIds: turn?.view.caseload.map((child) => child.id) ?? [],
    areaCodes: turn?.ownAreas ?? [],
  };
}

/** Nothing is shown that was not noted before. */
async function noteOpened(
  world: World,
  id: string,
  belongings: FileBelongings,
  opener: Opener,
): Promise<void> {
  const { store, clock, ids } = world;
  const at = clock.now().toISOString();
  const access = insert('AccessRow', {
    id: ids.next(),
    at,
    workerId: opener.personId ?? '',
    screen: 'file',
    childIds: JSON.stringify(belongings.childIds),
    reportId: null,
  });
  const waiting = await listeningOf(store, id);
  const played: Batch =
    waiting === null
      ? { guards: [], writes: [] }
      : {
          guards: [{ table: 'Listening', id, rev: waiting.rev }],
          writes: [
            update('Listening', id, {
              playedAt: at,
              playedBy: opener.personId,
              climbAt: null,
              rev: waiting.rev + 1,
            }),
          ],
        };
  try {
    await store.commit({ guards: played.guards, writes: [access, ...played.writes] });
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    await store.commit({ guards: [], writes: [access] }); // somebody else was listening in this very moment
  }
}
