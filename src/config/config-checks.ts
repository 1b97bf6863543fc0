/** What one field of the configuration cannot know about another. */
import type { ClinicConfig } from './config.ts';
import { TEXT_MESSAGE_LENGTH, tellingWord } from './message-templates.ts';

/** A path of the configuration and what is allowed there. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly allowed: string;
}

/** Everything about a well-formed configuration that does not fit together. Addresses must be absolute. */
export function crossCheck(config: ClinicConfig): Finding[] {
  return [
    ...insecureAddresses(config),
    ...overlappingRoles(config),
    ...impossibleHours(config),
    ...repeated(config.clinic.closures, 'date', ['clinic', 'closures']),
    ...repeated(config.protocols, 'id', ['protocols']),
    ...repeated(config.messageTemplates, 'id', ['messageTemplates']),
    ...config.protocols.flatMap(protocolFindings),
    ...templateFindings(config),
    ...(config.inactivityWarningSeconds < config.inactivityMinutes * 60
      ? []
      : [{ path: ['inactivityWarningSeconds'], allowed: 'less than inactivityMinutes' }]),
  ];
}

function insecureAddresses({ fhirBaseUrl, identity }: ClinicConfig): Finding[] {
  const allowed = 'an https address; http only on this computer (localhost)';
  const insecure = (address: string) => {
    const { protocol, hostname } = new URL(address);
    return protocol !== 'https:' && !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  };
  return [
    ...(insecure(fhirBaseUrl) ? [{ path: ['fhirBaseUrl'], allowed }] : []),
    ...(insecure(identity.issuer) ? [{ path: ['identity', 'issuer'], allowed }] : []),
    ...(identity.origins ?? []).flatMap((origin, index) =>
      insecure(origin) ? [{ path: ['identity', 'origins', index], allowed }] : [],
    ),
  ];
}

function overlappingRoles({ identity }: ClinicConfig): Finding[] {
  const entries = Object.entries(identity.roles).flatMap(([role, values]) =>
    values.map((value, index) => ({ role, value, index })),
  );
  return entries.flatMap(({ role, value, index }, at) => {
    const other = entries
      .slice(0, at)
      .find((earlier) => earlier.role !== role && sameValue(earlier.value, value));
    return other === undefined
      ? []
      : [
          {
            path: ['identity', 'roles', role, index],
            allowed: `a value that is not also the role ${other.role}`,
          },
        ];
  });
}

/** `code` stands for that code in every system, so it meets `system|code`. */
function sameValue(a: string, b: string): boolean {
  const code = (value: string) => value.slice(value.lastIndexOf('|') + 1);
  return a === b || (code(a) === code(b) && !(a.includes('|') && b.includes('|')));
}

function impossibleHours({ clinic }: ClinicConfig): Finding[] {
  const { openingHours } = clinic;
  return openingHours.flatMap(({ days, opens, closes }, index) => {
    const path = ['clinic', 'openingHours', index];
    if (closes <= opens) {
      return [{ path: [...path, 'closes'], allowed: `a time after ${opens}` }];
    }
    const overlaps = openingHours
      .slice(0, index)
      .some(
        (earlier) =>
          earlier.days.some((d) => days.includes(d)) && earlier.opens < closes && opens < earlier.closes,
      );
    return overlaps
      ? [{ path: [...path, 'opens'], allowed: 'hours that do not overlap others of that day' }]
      : [];
  });
}

function repeated<K extends string>(
  entries: readonly Readonly<Record<K, string>>[],
  key: K,
  path: readonly PropertyKey[],
): Finding[] {
  return entries.flatMap((entry, index) =>
    entries.findIndex((other) => other[key] === entry[key]) === index
      ? []
      : [{ path: [...path, index, key], allowed: `a value that no other entry of ${path.join('.')} has` }],
  );
}

function protocolFindings(protocol: ClinicConfig['protocols'][number], index: number): Finding[] {
  const { dose, vitalsIntervals, spacing } = protocol;
  const findings: Finding[] = [];
  const expect = (holds: boolean, allowed: string, ...path: PropertyKey[]) => {
    if (!holds) {
      findings.push({ path: ['protocols', index, ...path], allowed });
    }
  };
  expect(
    protocol.minimumIntervalDays <= protocol.maintenanceIntervalDays,
    `at most maintenanceIntervalDays (${protocol.maintenanceIntervalDays})`,
    'minimumIntervalDays',
  );
  expect(dose.low <= dose.high, `at most dose.high (${dose.high})`, 'dose', 'low');
  if (dose.default !== undefined && dose.low <= dose.high) {
    expect(
      dose.low <= dose.default && dose.default <= dose.high,
      `a dose from ${dose.low} to ${dose.high}`,
      'dose',
      'default',
    );
  }
  const periodDays = spacing.period * (spacing.periodUnit === 'wk' ? 7 : 1);
  expect(
    spacing.minimumDays * spacing.frequency <= periodDays,
    `so few days that ${spacing.frequency} sessions fit into ${periodDays} days`,
    'spacing',
    'minimumDays',
  );
  vitalsIntervals.forEach(({ forMinutes }, at) => {
    const last = at === vitalsIntervals.length - 1;
    expect(
      last === (forMinutes === undefined),
      last ? 'absent in the last interval, which lasts until discharge' : 'a number of minutes',
      'vitalsIntervals',
      at,
      'forMinutes',
    );
  });
  return findings;
}

function templateFindings({ messageTemplates, clinic }: ClinicConfig): Finding[] {
  return messageTemplates.flatMap((template, index) => {
    const path = ['messageTemplates', index, 'text'];
    if (template.text.includes('{clinic}') && tellingWord(clinic.name) !== undefined) {
      return [{ path, allowed: 'a text without {clinic}, whose name tells what kind of clinic it is' }];
    }
    return template.channel === 'text' && template.text.length > TEXT_MESSAGE_LENGTH
      ? [{ path, allowed: `at most ${TEXT_MESSAGE_LENGTH} characters on the channel text` }]
      : [];
  });
}
