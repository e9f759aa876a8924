import type { FieldName } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import styles from './field-overlay.module.css';
import type { FieldPlace } from './field-places';
import { polygonPoints, type Size } from './image-view';

interface Props {
  page: Size;
  places: readonly FieldPlace[];
  focused: FieldName | null;
  onPick: (name: FieldName) => void;
}

/** Frames around the found fields. For a mouse only: the same fields are reached by keyboard in the form beside the image. */
export function FieldOverlay({ page, places, focused, onPick }: Props) {
  const { t } = useI18n();
  return (
    <svg className={styles.overlay} viewBox={`0 0 ${page.width} ${page.height}`} preserveAspectRatio="none" aria-hidden>
      {places.map((place) => (
        <g
          key={place.name}
          className={styles.place}
          data-weight={place.weight}
          data-field={place.name}
          data-focused={place.name === focused}
          onClick={() => onPick(place.name)}
        >
          <title>{t(`field.${place.name}`)}</title>
          <polygon points={polygonPoints(place.quad)} />
        </g>
      ))}
    </svg>
  );
}
