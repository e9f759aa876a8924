import type { FieldName } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import styles from './field-overlay.module.css';
import type { FieldPlace } from './field-places';
import { boxAround, polygonPoints, type Size } from './image-view';

interface Props {
  page: Size;
  places: readonly FieldPlace[];
  focused: FieldName | null;
  scale: number;
  onPick: (name: FieldName) => void;
}

/** Frames around the found fields. For a mouse only: the same fields are reached by keyboard in the form beside the image. */
export function FieldOverlay({ page, places, focused, scale, onPick }: Props) {
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
          {place.name === focused && <Label text={t(`field.${place.name}`)} place={place} page={page} scale={scale} />}
        </g>
      ))}
    </svg>
  );
}

/** The field's name above its frame, of the same size on screen at every zoom. */
function Label({ text, place, page, scale }: { text: string; place: FieldPlace; page: Size; scale: number }) {
  const { left, top } = boxAround(place.quad, page);
  const size = 13 / scale;
  return (
    <text x={left} y={Math.max(size, top - size * 0.4)} fontSize={size} strokeWidth={size / 3} className={styles.label}>
      {text}
    </text>
  );
}
