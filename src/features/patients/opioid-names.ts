/** How the names of opioids begin: the generic ones, as other languages spell them too, then those of trade. */
const BEGINNINGS = `
  alfentan buprenorph butorphanol codein dihydrocodein fentan[yi]l hydrocod hydromorph levomethadon levorphanol meperidin
  methadon morphin nalbuphin oliceridin oxycod oxymorph pentazocin pethidin remifentan sufentan tapentad tramad
  actiq belbuca butrans conzip demerol dilaudid dolophine duragesic endocet exalgo fentora hysingla kadian lortab
  methadose ms.contin norco nucynta olinvyk opana oxycontin percocet roxicodone sublocade suboxone subutex ultracet
  ultram vicodin xtampza zubsolv
`;

const NAME = new RegExp(`\\b(?:${BEGINNINGS.trim().split(/\s+/).join('|')})`, 'i');

/**
 * Whether words name an opioid, for records without an ingredient code: one that is not recognised would be missing
 * from the day's sum as if nobody took it.
 */
export function namesOpioid(words: string): boolean {
  return NAME.test(words);
}
