import { type MasterKeys, SUITES } from '@app/crypto';
import { assertMasterKeys, type KeyringOptions, MasterKeyMissingError, MasterKeyProbe, masterKeysOf } from '@app/keyring';
import type { Check, Finding } from './check';
import { withDatabase } from './with-database';

/** Whoever keeps the master keys answers, and has every one that the database needs. Told by fingerprints alone. */
export function masterKeysCheck(
  url: string | undefined,
  options: Pick<KeyringOptions, 'suite'> & { masterKey: string | undefined },
): Check {
  return { name: 'master keys', run: () => examineMasterKeys(url, options) };
}

async function examineMasterKeys(
  url: string | undefined,
  { suite, masterKey }: Pick<KeyringOptions, 'suite'> & { masterKey: string | undefined },
): Promise<Finding> {
  if (masterKey === undefined) return { state: 'skip', detail: 'PIAOYAN_MASTER_KEY is not set' };
  const masterKeys = masterKeysOf({ suite, masterKey });
  try {
    await new MasterKeyProbe(masterKeys, SUITES[suite]).check();
  } catch {
    return {
      state: 'fail',
      detail: 'they do not wrap and unwrap',
      advice: 'see that their keeper runs and is reachable (docs/operations/hsm.md)',
    };
  }
  const detail = `they answer; configured: ${masterKeys.fingerprints.join(', ')}`;
  const needed = await withDatabase(url, async (dataSource) =>
    judgeNeeded(await missing(() => assertMasterKeys(dataSource, masterKeys)), masterKeys),
  );
  return needed.state === 'skip' ? { state: 'ok', detail: `${detail}; whether the database needs others is not known` } : needed;
}

async function missing(assert: () => Promise<void>): Promise<MasterKeyMissingError | null> {
  try {
    await assert();
    return null;
  } catch (error) {
    if (error instanceof MasterKeyMissingError) return error;
    throw error;
  }
}

export function judgeNeeded(missed: Error | null, { fingerprints }: Pick<MasterKeys, 'fingerprints'>): Finding {
  if (missed === null) return { state: 'ok', detail: `they answer, and open every data key; configured: ${fingerprints.join(', ')}` };
  return {
    state: 'fail',
    detail: missed.message.split('. ')[0] ?? '',
    advice: 'configure the key with this fingerprint again (docs/operations/keys.md, Master keys)',
  };
}
