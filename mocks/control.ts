/** The switches of the made-up clinic, for tests and demonstrations. */
import * as z from 'zod/mini';
import type { Faults, Scenario } from './faults.ts';
import {
  clinicInstant,
  clinicTimeAt,
  clockSetTo,
  DAYS,
  isDayKind,
  layingAt,
  mondayMorning,
  type DayKind,
  type Laying,
} from './laying.ts';
import { isScenario, SCENARIOS } from './scenarios.ts';

interface ControlParts {
  readonly faults: Faults;
  readonly laying: () => Laying;
  /** Lays all records anew; people stay signed in. */
  readonly lay: (laying: Laying) => void;
  /** The laying that a reset goes back to. */
  readonly fresh: () => Laying;
  /** The scenario was chosen, even if it is the one before. */
  readonly onScenario: () => void;
  readonly expire: (what: 'access-tokens' | 'sign-ins') => void;
  /** The real time. */
  readonly now: () => Temporal.Instant;
  readonly timeZone: string;
  /** What somebody asked for that the clinic does not know. */
  readonly notice: string | undefined;
}

const scenarioSchema = z.object({ scenario: z.custom<Scenario>(isScenario) });
const daySchema = z.object({ day: z.custom<DayKind>(isDayKind) });
const clockSchema = z.object({ at: z.nullable(z.string()) });
const expirySchema = z.object({ what: z._default(z.enum(['access-tokens', 'sign-ins']), 'access-tokens') });

/** Answers `path` below the address of the switches. */
export function createControl(parts: ControlParts) {
  const { faults, timeZone } = parts;

  /** How all switches stand: the answer to every question and to every change. */
  function state(): Response {
    const { day, clock } = parts.laying();
    return Response.json({
      scenario: faults.scenario,
      scenarios: SCENARIOS,
      day,
      days: DAYS,
      clock: {
        setTo: clock?.at ?? null,
        now: clinicTimeAt({ clock }, parts.now()).toString(),
      },
      ...(parts.notice !== undefined && { notice: parts.notice }),
    });
  }

  function lay(day: DayKind, clock: Laying['clock']): Response {
    parts.lay(layingAt({ day, clock }, parts.now(), timeZone));
    return state();
  }

  function layDay(day: DayKind): Response {
    const { clock } = parts.laying();
    const at = clinicTimeAt({ clock }, parts.now());
    if (day !== 'busy' || at.toZonedDateTimeISO(timeZone).dayOfWeek === 1) return lay(day, clock);
    return lay(day, clockSetTo(mondayMorning(at, timeZone), parts.now()));
  }

  return async (path: string, request: Request): Promise<Response> => {
    switch (`${request.method} ${path}`) {
      case 'GET /scenario':
      case 'GET /day':
      case 'GET /clock':
        return state();
      case 'PUT /scenario': {
        const body = scenarioSchema.safeParse(await jsonOf(request));
        if (!body.success) return problem(`Send {"scenario": …} with one of ${SCENARIOS.join(', ')}`);
        faults.scenario = body.data.scenario;
        parts.onScenario();
        return state();
      }
      case 'PUT /day': {
        const body = daySchema.safeParse(await jsonOf(request));
        return body.success
          ? layDay(body.data.day)
          : problem(`Send {"day": …} with one of ${DAYS.join(', ')}`);
      }
      case 'PUT /clock': {
        const body = clockSchema.safeParse(await jsonOf(request));
        const text = body.data?.at;
        if (text === null) return lay(parts.laying().day, undefined);
        const at = clinicInstant(text ?? '', timeZone);
        return at === undefined
          ? problem('Send {"at": …} with a time such as 2026-11-23T10:42, or null for the real time')
          : lay(parts.laying().day, clockSetTo(at, parts.now()));
      }
      case 'POST /reset':
        parts.lay(parts.fresh());
        return new Response(null, { status: 204 });
      case 'POST /expire': {
        const body = expirySchema.safeParse((await jsonOf(request)) ?? {});
        if (!body.success) return problem('Send nothing, or {"what": …} with access-tokens or sign-ins');
        parts.expire(body.data.what);
        return new Response(null, { status: 204 });
      }
      default:
        return problem(`There is no ${request.method} ${path} here`, 404);
    }
  };
}

/** The body as JSON; undefined when it is empty or something else. */
async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

function problem(detail: string, status = 400): Response {
  return Response.json({ detail }, { status });
}
