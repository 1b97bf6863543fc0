/** What ends the whole run: one sentence that says what is wrong and what to do next. */
export class SeedFailure extends Error {
  override readonly name = 'SeedFailure';
}
