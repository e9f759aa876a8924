import type { BillReading, ElementName, FieldName } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import styles from './field-crop.module.css';
import { boxAround, isAligned, type Size } from './image-view';
import type { PageImage } from './use-page-image';

interface Props {
  image: PageImage;
  /** Number of the page that the image shows, from 1, and its size as the quads know it. */
  pageNumber: number;
  page: Size | null;
  bill: BillReading;
  name: ElementName & FieldName;
}

/** The piece of the image from which a value was read, to be compared at a glance with what stands below it. */
export function FieldCrop({ image, pageNumber, page, bill, name }: Props) {
  const { t } = useI18n();
  const field = bill.fields[name];
  if (image.state !== 'shown' || !page || !field?.quad || field.page !== pageNumber || !isAligned(page, image.size)) return null;
  const { left, top, width, height } = boxAround(field.quad, page, 0.18);
  return (
    <svg
      className={styles.crop}
      viewBox={`${left} ${top} ${width} ${height}`}
      preserveAspectRatio="xMinYMid meet"
      role="img"
      aria-label={t('elements.crop', { field: t(`field.${name}`) })}
    >
      <image href={image.url} width={page.width} height={page.height} preserveAspectRatio="none" />
    </svg>
  );
}
