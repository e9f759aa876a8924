import { installationContext, type SettingFacts, standingSettings } from '@app/audit';
import { ProviderId } from '@app/contracts';
import type { Actor, UnitOfWork } from '@app/database';
import { formatYuan, parseYuan } from '../charges/yuan';
import type { ProviderRules } from '../request/provider-rules';
import type { Installation } from './installation';

const DEFAULT = 'verification.defaultProvider';
const LIMIT = 'verification.settlementLimitYuan';
const WINDOW = 'verification.window.';

/** The process that takes requests has not told yet what it decides by. */
export class InstallationUnknownError extends Error {
  constructor() {
    super(
      'what the installation decides by is not on record yet (default provider, windows, limit of settlement): the api tells it when it ' +
        'starts, so start an api of this release once, then try again',
    );
    this.name = 'InstallationUnknownError';
  }
}

/** What the process that takes requests decides by, for the installation's audit: whoever is not that process finds it there. */
export function installationFacts({ defaultProvider, providerRules, settlementCeilingHao }: Installation): SettingFacts {
  return {
    [DEFAULT]: defaultProvider,
    ...Object.fromEntries(ProviderId.options.map((provider) => [`${WINDOW}${provider}`, writtenRules(providerRules[provider])])),
    ...(settlementCeilingHao !== null && { [LIMIT]: formatYuan(settlementCeilingHao) }),
  };
}

/**
 * The same as it was last told.
 * @throws InstallationUnknownError when it was not, or in another form than this release's
 */
export async function recordedInstallation(unitOfWork: UnitOfWork, actor: Actor): Promise<Installation> {
  const standing = await unitOfWork.run(installationContext(actor), standingSettings);
  const told = new Map(standing.map(({ name, value }) => [name, value]));
  const rules = ProviderId.options.flatMap((provider) => {
    const read = readRules(told.get(`${WINDOW}${provider}`));
    return read === null ? [] : [[provider, read] as const];
  });
  const defaultProvider = ProviderId.safeParse(told.get(DEFAULT));
  const limit = told.get(LIMIT);
  const settlementCeilingHao = limit === undefined ? null : parseYuan(limit);
  if (!defaultProvider.success || rules.length < ProviderId.options.length) throw new InstallationUnknownError();
  const providerRules = Object.fromEntries(rules) as Record<ProviderId, ProviderRules>;
  return { defaultProvider: defaultProvider.data, providerRules, settlementCeilingHao };
}

/** As the settings are written: `year` or a number of days, and ` exclusive` where the last day does not count. */
function writtenRules({ window, lastDayCounts }: ProviderRules): string {
  return `${window}${lastDayCounts ? '' : ' exclusive'}`;
}

function readRules(written: string | undefined): ProviderRules | null {
  const [, window, exclusive] = /^(year|[1-9]\d{0,3})( exclusive)?$/.exec(written ?? '') ?? [];
  if (window === undefined) return null;
  return { window: window === 'year' ? 'year' : Number(window), lastDayCounts: exclusive === undefined };
}
