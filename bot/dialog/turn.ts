import type { Command } from '../../server/domain/commands.ts';
import type { Reply } from '../../server/domain/say.ts';
import type { Context, Repertoire } from './flow.ts';
import type { Session } from './session.ts';
import type { View } from './view.ts';

/** A turn under way. */
export interface Turn {
  readonly session: Session;
  readonly replies: readonly Reply[];
  readonly commands: readonly Command[];
  /** What waits is set aside at the end of this turn. */
  readonly setsAside?: true;
}

/** Everything a turn may look at. */
export interface Stage {
  readonly repertoire: Repertoire;
  readonly view: View;
  readonly context: Context;
}
