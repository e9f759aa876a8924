import { Input } from 'antd';
import { useId } from 'react';
import styles from './booking-panel.module.css';

interface Props {
  label: string;
  name: string;
  value: string;
  maxLength: number;
  onChange: (value: string) => void;
  isFocused?: boolean;
}

/** A labelled line of text that must be given. */
export function LineField({ label, name, value, maxLength, onChange, isFocused = false }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        name={name}
        value={value}
        maxLength={maxLength}
        required
        autoFocus={isFocused}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
