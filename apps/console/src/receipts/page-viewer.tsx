import { Empty, Spin } from 'antd';
import type { FieldName } from '@app/contracts';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { FieldOverlay } from './field-overlay';
import type { FieldPlace } from './field-places';
import { isAligned, type Size } from './image-view';
import { PageTurner, type PageChoice } from './page-turner';
import styles from './page-viewer.module.css';
import { PurposeForm } from './purpose-form';
import { usePanZoom } from './use-pan-zoom';
import type { PageImage } from './use-page-image';
import { ViewerToolbar } from './viewer-toolbar';

interface Props {
  image: PageImage;
  /** Size of the page on which the quads lie; null when there are none. */
  page: Size | null;
  pages: PageChoice;
  marks: readonly FieldPlace[];
  focused: FieldName | null;
  onPick: (name: FieldName) => void;
}

/** The receipt's image with the places of its fields. */
export function PageViewer(props: Props) {
  const { t } = useI18n();
  const { image } = props;
  if (image.state === 'shown') return <ShownImage {...props} image={image} />;
  return (
    <section className={styles.waiting} aria-label={t('image.label')}>
      <PageTurner {...props.pages} />
      {image.state === 'notYet' && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('image.notYet')} />}
      {image.state === 'purposeNeeded' && <PurposeForm onPurpose={image.onPurpose} />}
      {image.state === 'loading' && <Spin aria-label={t('image.loading')} />}
      {image.state === 'failed' && <FailureAlert failure={image.failure} />}
      {image.state === 'unsupported' && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(image.isData ? 'image.data' : 'image.unsupported')}>
          <a href={image.url} download>
            {t('image.download')}
          </a>
        </Empty>
      )}
    </section>
  );
}

function ShownImage({ image, page, pages, marks, focused, onPick }: Props & { image: Extract<PageImage, { state: 'shown' }> }) {
  const { t } = useI18n();
  const pageSize = page ?? image.size;
  const aligned = page !== null && isAligned(page, image.size);
  const shownSize = aligned ? pageSize : image.size;
  const focusedPlace = aligned ? marks.find(({ name }) => name === focused) : undefined;
  const { windowRef, view, handlers, zoomBy, fit, actualSize } = usePanZoom(shownSize, focusedPlace?.quad);

  return (
    <section className={styles.viewer} aria-label={t('image.label')}>
      <ViewerToolbar
        view={view}
        onZoom={zoomBy}
        onFit={fit}
        onActualSize={actualSize}
        pages={pages}
        note={image.isDrawn ? t('image.drawn') : aligned || !page ? null : t('image.misaligned')}
      />
      {/* The window takes the keyboard, so that the page can be zoomed and moved without a mouse. */}
      <div
        ref={windowRef}
        className={styles.window}
        style={{ aspectRatio: `${shownSize.width} / ${shownSize.height}` }}
        tabIndex={0}
        role="group"
        aria-label={t('image.help')}
        {...handlers}
      >
        <div
          className={styles.page}
          style={{
            width: shownSize.width,
            height: shownSize.height,
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
          }}
        >
          <img src={image.url} alt={t('image.label')} draggable={false} className={styles.image} />
          {aligned && <FieldOverlay page={pageSize} places={marks} focused={focused} onPick={onPick} />}
        </div>
      </div>
    </section>
  );
}
