/** Somebody whom WeCom shows to our app today. */
export interface SeenMember {
  /** Lower-cased: WeCom does not tell case apart. */
  readonly userid: string;
  /** The departments, in the order of their ids. */
  readonly departments: readonly number[];
}

/** What was last known of somebody in the company's address book. */
export interface KnownMember extends SeenMember {
  /** `renamed`: goes by another userid now. */
  readonly state: 'here' | 'gone' | 'renamed';
  /** Since when this is so. */
  readonly since: Date;
  /** The userid under which the roster may know this person, where WeCom has given another one since. */
  readonly knownAs: string | null;
}

/** A department as WeCom shows it; the parent may lie outside what the app may see. */
export interface Department {
  readonly id: number;
  readonly name: string;
  readonly parentId: number;
}

/** One whole look at the address book: a part of it would look like people who left. */
export interface AddressBook {
  readonly departments: readonly Department[];
  readonly members: readonly SeenMember[];
}

/** A userid that WeCom has replaced by another for the same person. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}
