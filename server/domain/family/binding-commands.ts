/** 邀请: a code for one adult of a child; earlier ones of the same adult are over. */
export interface MakeInvitation {
  readonly type: 'make-invitation';
  readonly invitationId: string;
  readonly code: string;
  readonly childId: string;
  readonly personKind: 'guardian' | 'carer';
  readonly personId: string;
  /** A picture of the link that carries the code; null where families come by no link. */
  readonly qr: { readonly fileId: string; readonly text: string } | null;
}

/** A code that fitted nothing. */
export interface NoteWrongCode {
  readonly type: 'note-wrong-code';
  /** It was the last one for now. */
  readonly locks: boolean;
}

/** 绑定: the invitation is used, and the child's directors are asked who it was. */
export interface AskBinding {
  readonly type: 'ask-binding';
  readonly bindingId: string;
  readonly invitationId: string;
  readonly invitationRev: number;
  readonly personKind: 'guardian' | 'carer';
  readonly personId: string;
  readonly childId: string;
  readonly madeBy: string;
  readonly keep: boolean;
  readonly tips: boolean;
  /** The directors who can say who it is. */
  readonly tells: readonly string[];
}

/** 是本人, 不是. */
export interface AnswerBinding {
  readonly type: 'answer-binding';
  readonly bindingId: string;
  readonly isThem: boolean;
  /** 不得联系: they are told nothing. */
  readonly quietly: boolean;
}

/** Phones that no longer belong to somebody: lost, given away, changed, or because they wish it. */
export interface EndPhones {
  readonly type: 'end-phones';
  readonly personIds: readonly string[];
  /** The phones; null is the one that speaks. */
  readonly accountIds: readonly string[] | null;
}

/** 撤回同意. */
export interface WithdrawConsent {
  readonly type: 'withdraw-consent';
  readonly persons: readonly { readonly kind: 'guardian' | 'carer'; readonly id: string }[];
}

export type BindingCommand =
  MakeInvitation | NoteWrongCode | AskBinding | AnswerBinding | EndPhones | WithdrawConsent;
