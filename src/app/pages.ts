import { Users } from 'lucide-react';

/** The pages of the clinic, in the order of the rail; `goKey` follows a `g`. */
export const PAGES = [{ to: '/patients', word: 'Patients', Icon: Users, goKey: 'p' }] as const;
