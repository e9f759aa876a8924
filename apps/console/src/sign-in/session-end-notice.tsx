import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-context';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from './access';
import { lastUse } from './last-use';
import styles from './session-end-notice.module.css';
import { standingAt, type SessionStanding } from './time-left';

const LOOK_MS = 5_000;

/** Says that the session is about to end, while there is time to prevent it or to save; whoever types goes on without being asked. */
export function SessionEndNotice({ onOver }: { onOver: () => void }) {
  const { t, clockTime } = useI18n();
  const api = useApi();
  const { person, onSession } = useAccess();
  const [standing, setStanding] = useState<SessionStanding>({ is: 'fine' });
  const actedMs = useLastAct();
  const { secondsLeft, idleMinutes } = person;

  const goOn = async (): Promise<void> => {
    const answer = await api.readSession();
    if (!answer.ok) return;
    onSession(answer.value);
    setStanding({ is: 'fine' });
  };
  const look = useRef<(endsMs: number) => void>(() => undefined);
  useEffect(() => {
    look.current = (endsMs) => {
      const now = standingAt({ nowMs: Date.now(), usedMs: lastUse(), actedMs: actedMs.current, endsMs, idleMinutes });
      setStanding(now);
      if (now.is === 'goesOn') void goOn();
      if (now.is === 'over') onOver();
    };
  });
  useEffect(() => {
    const endsMs = Date.now() + secondsLeft * 1_000;
    const timer = window.setInterval(() => look.current(endsMs), LOOK_MS);
    return () => window.clearInterval(timer);
    // Each answer about the session tells anew what is left of it.
  }, [person, secondsLeft]);

  if (standing.is !== 'resting' && standing.is !== 'ending') return null;
  return (
    <Alert
      type="warning"
      showIcon
      banner
      role="alert"
      className={styles.notice}
      data-ending={standing.is}
      title={t(`session.${standing.is}`, { time: clockTime(standing.atMs) })}
      action={
        standing.is === 'resting' && (
          <Button size="small" data-action="go-on" onClick={() => void goOn()}>
            {t('session.goOn')}
          </Button>
        )
      }
    />
  );
}

/** When the person last pressed a key or a button of the mouse here. */
function useLastAct() {
  const actedMs = useRef(0);
  useEffect(() => {
    const note = (): void => {
      actedMs.current = Date.now();
    };
    const options = { capture: true, passive: true };
    for (const act of ['keydown', 'pointerdown'] as const) document.addEventListener(act, note, options);
    return () => {
      for (const act of ['keydown', 'pointerdown'] as const) document.removeEventListener(act, note, options);
    };
  }, []);
  return actedMs;
}
