import type { RecordContact } from '../../server/domain/commands.ts';
import { commandOption, say, type Option } from '../../server/domain/say.ts';
import { childOf, type View } from '../dialog/view.ts';

/** The texts of more children than this are asked for one by one, 小明 文本; no button then lies beyond the eighth. */
const TEXTS = 5;
/** So many children of a trip can be taken back one by one. */
const UNDO_BUTTONS = 6;

/**
 * The buttons below a stored record: the same whether there is a worry or not, somebody may be looking on. 撤回 stands
 * second, so that a number sent twice takes nothing back; 文本 last.
 */
export function savedButtons(
  records: readonly Pick<RecordContact, 'contactId' | 'childId'>[],
  tripId: string | null,
  view: View,
): readonly Option[] {
  const [first] = records;
  if (!first) return [];
  const target = records.length > 1 && tripId !== null ? tripId : first.contactId;
  const name = ({ childId }: { readonly childId: string }): string => childOf(view, childId)?.name ?? '';
  const single = records.length > 1 && records.length <= UNDO_BUTTONS ? records : [];
  return [
    commandOption('todo', null, say('menu.todo')),
    commandOption('undo', target, say(records.length > 1 ? 'trip.undo-all' : 'record.undo')),
    ...single.map((r) => commandOption('undo', r.contactId, say('trip.undo-one', { child: name(r) }))),
    ...(records.length > TEXTS ? [] : [commandOption('text', target, say('menu.text'))]),
  ];
}
