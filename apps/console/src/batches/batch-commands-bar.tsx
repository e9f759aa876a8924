import type { VerificationBatchView } from '@app/contracts';
import { Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context';
import { commandsOf } from './batch-commands';
import { StartDialog } from './start-dialog';
import type { BatchActions } from './use-batch-actions';

/** The buttons of a batch: what it allows in its state. Starting and cancelling are asked for twice. */
export function BatchCommands({ batch, actions }: { batch: VerificationBatchView; actions: BatchActions }) {
  const { t } = useI18n();
  const [isStarting, setIsStarting] = useState(false);
  const offered = commandsOf(batch.state);
  return (
    <Space>
      {offered.map((command) => {
        if (command === 'cancel') {
          return (
            <Popconfirm
              key={command}
              title={t('batch.cancelConfirm')}
              okText={t('batch.cancelYes')}
              cancelText={t('batch.cancelNo')}
              okButtonProps={{ danger: true }}
              onConfirm={() => void actions.command('cancel')}
            >
              <Button data-action={command} danger disabled={actions.isBusy}>
                {t('batch.cancel')}
              </Button>
            </Popconfirm>
          );
        }
        const run = (): void => {
          if (command !== 'start') return void actions.command(command);
          actions.forget();
          setIsStarting(true);
        };
        return (
          <Button
            key={command}
            data-action={command}
            type={command === 'pause' ? 'default' : 'primary'}
            disabled={actions.isBusy || (command === 'start' && batch.counts.ok === 0)}
            onClick={run}
          >
            {t(`batch.${command}`)}
          </Button>
        );
      })}
      {isStarting && batch.state === 'draft' && <StartDialog batch={batch} actions={actions} onClose={() => setIsStarting(false)} />}
    </Space>
  );
}
