import type { ElementName } from '@app/contracts';
import { Button, Input } from 'antd';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { ElementMark } from '../receipts/element-marks';
import { FieldEvidence } from '../receipts/field-evidence';
import { CharacterDoubts } from './character-doubts';
import { ElementAlternatives } from './element-alternatives';
import styles from './element-row.module.css';
import { MarkTag } from './mark-tag';
import type { ElementsForm } from './use-elements-form';

interface Props {
  mark: ElementMark;
  form: ElementsForm;
  onFocus: ((name: ElementName) => void) | undefined;
  crop: ReactNode;
}

/** One element: its piece of the image, its value, and what a person should know before trusting it. */
export function ElementRow({ mark, form, onFocus, crop }: Props) {
  const { t } = useI18n();
  const { name } = mark;
  const id = `element-${name}`;
  const value = form.draft.values[name];
  // A value that is being typed is not wrong, only unfinished.
  const [isTyping, setIsTyping] = useState(false);
  const isInvalid = mark.mark === 'invalid' && !isTyping;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    setIsTyping(false);
    form.confirm(name);
  };

  return (
    <div className={styles.row} data-element={name} data-mark={mark.mark}>
      <div className={styles.label}>
        <label htmlFor={id}>{t(`field.${name}`)}</label>
        {mark.mark === 'invalid' && !isInvalid ? null : <MarkTag mark={mark} />}
      </div>
      <div>
        {crop}
        <div className={styles.entry}>
          <Input
            id={id}
            ref={(input) => form.register(name, input?.input ?? null)}
            className={styles.input}
            value={value}
            status={statusOf(mark, isInvalid)}
            placeholder={t(`placeholder.${name}`)}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={isInvalid}
            aria-describedby={`${id}-notes`}
            onChange={(event) => {
              setIsTyping(true);
              form.edit(name, event.target.value);
            }}
            onBlur={() => {
              setIsTyping(false);
              form.settle(name);
            }}
            onFocus={() => onFocus?.(name)}
            onKeyDown={onKeyDown}
          />
          {mark.mark === 'doubtful' && <Button onClick={() => form.confirm(name)}>{t('elements.confirm')}</Button>}
        </div>
        <ElementNotes id={`${id}-notes`} mark={mark} form={form} isInvalid={isInvalid} />
      </div>
    </div>
  );
}

/** A field that nobody has filled in yet is no mistake; one that the reading left empty asks for attention. */
function statusOf({ mark, reasons }: ElementMark, isInvalid: boolean): 'error' | 'warning' | '' {
  if (isInvalid) return 'error';
  return mark === 'doubtful' || (mark === 'missing' && reasons.length > 0) ? 'warning' : '';
}

function ElementNotes({ id, mark, form, isInvalid }: { id: string; mark: ElementMark; form: ElementsForm; isInvalid: boolean }) {
  const { t, say } = useI18n();
  const { name, reading, readValue, doubts } = mark;
  const isChanged = readValue !== '' && form.draft.values[name] !== readValue;
  return (
    <div id={id} className={styles.notes}>
      {isInvalid && <div className={styles.invalid}>{t(`check.${name}`)}</div>}
      {(mark.mark === 'doubtful' || mark.mark === 'missing') &&
        mark.reasons.map(({ code, message }) => (
          <div key={code} className={styles.reason}>
            {say(message)}
          </div>
        ))}
      <ElementAlternatives mark={mark} value={form.draft.values[name]} onChoose={(other) => form.edit(name, other)} />
      <CharacterDoubts value={form.draft.values[name]} doubts={doubts} onChoose={(other) => form.edit(name, other)} />
      {isChanged && (
        <div>
          {t('elements.readAs', { value: readValue })}{' '}
          <button
            type="button"
            className={styles.restore}
            aria-label={t('elements.restoreValue', { value: readValue })}
            onClick={() => form.edit(name, readValue)}
          >
            {t('elements.restore')}
          </button>
        </div>
      )}
      {reading && !isChanged && <FieldEvidence field={reading} />}
    </div>
  );
}
