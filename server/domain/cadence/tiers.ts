import { type LocalDate, monthStart } from '../local-date.ts';
import type { RiskTier, TierChange } from './child-facts.ts';

const RANK: Readonly<Record<RiskTier, number>> = { low: 0, medium: 1, high: 2 };

/** A confirmed rise: the day, and the tier at the end of that day. */
export interface TierRise {
  readonly on: LocalDate;
  readonly tier: 'medium' | 'high';
}

/** The tier when `day` began; a change confirmed on that very day is a change within the period (our default). */
export function tierBefore(changes: readonly TierChange[], day: LocalDate): RiskTier {
  let tier = changes[0]?.tier ?? 'medium'; // a blank tier is treated as MEDIUM (our default)
  for (let index = 1; index < changes.length; index += 1) {
    const change = changes[index];
    if (change && change.on < day) tier = change.tier;
  }
  return tier;
}

/**
 * The tier whose rules hold for an encounter on `day`: a rise counts at once, a fall from the next month on
 * (our default), so that a fall never lowers what its own month asks.
 */
export function tierInForce(changes: readonly TierChange[], day: LocalDate): RiskTier {
  if (changes.length < 2) return changes[0]?.tier ?? 'medium';
  const month = monthStart(day);
  let tier = tierBefore(changes, month);
  for (const [index, change] of changes.entries()) {
    const within = index > 0 && change.on >= month && change.on <= day;
    if (within && RANK[change.tier] > RANK[tier]) tier = change.tier;
  }
  return tier;
}

/** Every rise from `dutiesFrom` on. Several changes of one day are one change, to the last of them. */
export function risesOf(changes: readonly TierChange[], dutiesFrom: LocalDate): readonly TierRise[] {
  if (changes.length < 2) return [];
  const rises: TierRise[] = [];
  let before = changes[0]?.tier ?? 'medium';
  for (const [index, change] of changes.entries()) {
    const next = changes[index + 1];
    if (index === 0 || next?.on === change.on) continue;
    const { on, tier } = change;
    if (tier !== 'low' && RANK[tier] > RANK[before] && on >= dutiesFrom) rises.push({ on, tier });
    before = tier;
  }
  return rises;
}

/** Changes by day; those of one day stay in the order of their confirmation. */
export function inOrder(changes: readonly TierChange[]): readonly TierChange[] {
  if (changes.length < 2) return changes;
  return changes.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1));
}

/** Whether `tier` accepts a visit that did not meet the child (LOW alone does; our default). */
export function acceptsUnseen(tier: RiskTier): boolean {
  return tier === 'low';
}
