import { expect, test } from 'vitest';

import { protocolApproval } from './protocol-config.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const IYER = 'Dr Sunita Iyer';

test.each([
  [{}, false, 'Not approved by a clinician'],
  [{ effectiveFrom: '2026-01-01' }, false, 'Not approved by a clinician'],
  [{ approvedBy: IYER }, false, 'Approved by Dr Sunita Iyer, without an effective date'],
  [
    { approvedBy: IYER, effectiveFrom: '2026-11-24' },
    false,
    'Approved by Dr Sunita Iyer, not in effect before 24 Nov 2026',
  ],
  [
    { approvedBy: IYER, effectiveFrom: '2026-11-23' },
    true,
    'Approved by Dr Sunita Iyer, in effect since 23 Nov 2026',
  ],
  [
    { approvedBy: IYER, effectiveFrom: '2024-03-01' },
    true,
    'Approved by Dr Sunita Iyer, in effect since 1 Mar 2024',
  ],
])('%j on 23 Nov 2026', (protocol, approved, sentence) => {
  expect(protocolApproval(protocol, TODAY)).toEqual({ approved, sentence });
});
