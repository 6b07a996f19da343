import type { Store } from '../../server/store/store.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
export async function seedDemo(_store: Store, _today: LocalDate, _newId: () => string): Promise<void> {}
