import type { Adult } from '../../server/domain/family/family.ts';

/** How people say the relations that a roster writes in full. */
const SAID_AS: Readonly<Record<string, RegExp>> = {
  父亲: /爸|父亲/u,
  母亲: /妈|母亲/u,
  祖父: /爷爷|祖父/u,
  祖母: /奶奶|祖母/u,
  外祖父: /外公|姥爷/u,
  外祖母: /外婆|姥姥/u,
};

/** The adult these words name; undefined where they may mean several. */
export function adultIn(text: string, adults: readonly Adult[]): Adult | undefined {
  const named = adults.filter(
    ({ relation, name }) =>
      text.includes(relation) || text.includes(name) || SAID_AS[relation]?.test(text) === true,
  );
  return named.length === 1 ? named[0] : undefined;
}

/** An adult as they stand on a button: the relation, and the name where it is another word. */
export function adultLabel({ relation, name }: Adult): { readonly who: string; readonly name: string } {
  return { who: relation, name: name === relation ? '' : name };
}
