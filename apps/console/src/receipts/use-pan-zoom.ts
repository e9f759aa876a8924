import type { Quad } from '@app/contracts';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { boxAround, bringIntoView, fitView, panBy, zoomAt, type Size, type View } from './image-view';

const STEP = 1.25;
const KEY_PAN_PX = 60;

/** A page in a window that can be zoomed and moved by wheel, pointer and keyboard. */
export interface PanZoom {
  readonly windowRef: RefObject<HTMLDivElement | null>;
  readonly view: View;
  readonly handlers: {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
    onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  };
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
}

/** `sought` is brought into view whenever it becomes another one. */
export function usePanZoom(page: Size, sought: Quad | undefined): PanZoom {
  const windowRef = useRef<HTMLDivElement>(null);
  const window = useSizeOf(windowRef);
  // Null while the whole page is shown, so that it goes on being shown whole when the window changes.
  const [chosen, setChosen] = useState<View | null>(null);
  const limits = { page, window };
  // A factor of one settles a view that was chosen before the window became another size.
  const view = chosen ? zoomAt(chosen, 1, { x: 0, y: 0 }, limits) : fitView(page, window);
  const middle = { x: window.width / 2, y: window.height / 2 };

  const zoomBy = (factor: number, point = middle): void => setChosen(zoomAt(view, factor, point, limits));
  const moveBy = (x: number, y: number): void => setChosen(panBy(view, { x, y }, limits));

  useWheel(windowRef, (event, target) => {
    const { left, top } = target.getBoundingClientRect();
    zoomBy(event.deltaY < 0 ? STEP : 1 / STEP, { x: event.clientX - left, y: event.clientY - top });
  });

  useEffect(() => {
    if (sought && chosen) setChosen(bringIntoView(chosen, boxAround(sought, page, 1), limits));
    // Only another field moves the page; zooming and moving by hand must not be undone.
  }, [sought]);

  const keys: Partial<Record<string, () => void>> = {
    '+': () => zoomBy(STEP),
    '=': () => zoomBy(STEP),
    '-': () => zoomBy(1 / STEP),
    '0': () => setChosen(null),
    ArrowLeft: () => moveBy(KEY_PAN_PX, 0),
    ArrowRight: () => moveBy(-KEY_PAN_PX, 0),
    ArrowUp: () => moveBy(0, KEY_PAN_PX),
    ArrowDown: () => moveBy(0, -KEY_PAN_PX),
  };

  return {
    windowRef,
    view,
    handlers: {
      onPointerDown: ({ currentTarget, pointerId, target }) => {
        // A click on a mark is not the beginning of a drag.
        if (target === currentTarget || !(target instanceof SVGElement)) currentTarget.setPointerCapture(pointerId);
      },
      onPointerMove: ({ currentTarget, pointerId, movementX, movementY }) => {
        if (currentTarget.hasPointerCapture(pointerId)) moveBy(movementX, movementY);
      },
      onKeyDown: (event) => {
        const act = event.ctrlKey || event.metaKey ? undefined : keys[event.key];
        if (!act) return;
        event.preventDefault();
        act();
      },
    },
    zoomBy,
    fit: () => setChosen(null),
    actualSize: () => setChosen(zoomAt(view, 1 / view.scale, middle, limits)),
  };
}

function useSizeOf(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 1, height: 1 });
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => setSize({ width: target.clientWidth || 1, height: target.clientHeight || 1 }));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** React listens to wheels passively, which cannot keep the page around the viewer from scrolling. */
function useWheel(element: RefObject<HTMLElement | null>, onWheel: (event: WheelEvent, target: HTMLElement) => void): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const listen = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event, target);
    };
    target.addEventListener('wheel', listen, { passive: false });
    return () => target.removeEventListener('wheel', listen);
  }, [element]);
}
