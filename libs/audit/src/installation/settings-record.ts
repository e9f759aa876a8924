import { UnitOfWork } from '@app/database';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { AuditLog, type AuditRecord } from '../audit-log';
import { installationContext } from './installation';
import { standingSettings } from './standing-settings';

/** What a process says of settings that the proof depends on: names, counts, fingerprints. Never a secret. */
export type SettingFacts = Readonly<Record<string, string>>;

/**
 * Puts on record, when a process starts, each of these settings that is not as the audit last says. A process that cannot say so does not
 * start: what proves the audit is not changed unseen.
 */
export class SettingsRecord implements OnApplicationBootstrap {
  private readonly audit = new AuditLog();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    /** Such as `worker`. */
    private readonly process: string,
    private readonly facts: SettingFacts,
    /** Tells processes of one kind from others, such as by their queues: what none but such a one told, it may tell the end of. */
    private readonly kind: string,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const context = installationContext({ type: 'worker', id: this.process, name: this.process });
    // One process at a time compares, so that two that start together tell of a change once.
    await this.unitOfWork.run(
      context,
      async (tx) => {
        const standing = await standingSettings(tx);
        for (const [name, value] of Object.entries(this.facts)) {
          const before = standing.find((setting) => setting.name === name)?.value ?? null;
          if (before !== value) await this.audit.append(tx, changed(name, { value, before, kind: this.kind }));
        }
        for (const { name, value: before } of standing.filter(({ kind }) => kind === this.kind))
          if (!Object.hasOwn(this.facts, name)) await this.audit.append(tx, changed(name, { value: null, before, kind: this.kind }));
      },
      'settings',
    );
  }
}

function changed(name: string, detail: { value: string | null; before: string | null; kind: string }): AuditRecord {
  return { action: 'setting.change', targetType: 'setting', targetId: name, detail };
}
