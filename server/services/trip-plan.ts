import type { KeepRoute } from '../domain/commands.ts';
import { decided, type Acting, type Decision } from './acting.ts';
import { put } from './batch.ts';

/** Keeps what a worker wished about the way; it changes no duty and no reminder. */
export function keepRoute({ wishes }: KeepRoute, acting: Acting): Decision {
  if (acting.personId === null) return decided([]);
  return decided([
    put('TripPlan', {
      workerId: acting.personId,
      body: JSON.stringify(wishes),
      updatedAt: acting.at.toISOString(),
    }),
  ]);
}
