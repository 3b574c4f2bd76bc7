/** Geometry of KML as GeoJSON (RFC 7946 §3.1): longitude, latitude, and altitude where it is written. */
import type { Json, JsonObject } from '../formats/json';
import { textIn, type Element } from './kml-elements';

const geometries = new Set(['Point', 'LineString', 'LinearRing', 'Polygon', 'MultiGeometry']);

export const isGeometry = (name: string): boolean => geometries.has(name);

/** @returns undefined where the coordinates are missing, or are none */
export function geometryOf(element: Element): JsonObject | undefined {
  const { name, children } = element;
  if (name === 'MultiGeometry') {
    const parts = children.filter((child) => isGeometry(child.name)).map(geometryOf);
    return parts.every((part) => part !== undefined) ? { type: 'GeometryCollection', geometries: parts } : undefined;
  }
  if (name === 'Polygon') {
    const rings = ['outerBoundaryIs', 'innerBoundaryIs'].flatMap((side) =>
      children.filter((child) => child.name === side).flatMap((child) => child.children),
    );
    const coordinates = rings.map(positionsOf);
    return coordinates.length > 0 && coordinates.every((ring) => ring !== undefined)
      ? { type: name, coordinates }
      : undefined;
  }
  const positions = positionsOf(element);
  if (positions === undefined) return undefined;
  if (name === 'Point') return positions.length === 1 ? { type: name, coordinates: positions[0] as Json } : undefined;
  return { type: 'LineString', coordinates: positions };
}

/** Positions are divided by space, their numbers by commas. */
function positionsOf({ children }: Element): number[][] | undefined {
  const words = (textIn(children, 'coordinates') ?? '').split(/\s+/).filter((word) => word !== '');
  const positions = words.map((word) => word.split(',').map(numberIn));
  const isWhole = positions.every(
    (numbers) => numbers.length >= 2 && numbers.length <= 3 && !numbers.some(Number.isNaN),
  );
  return words.length > 0 && isWhole ? positions : undefined;
}

const numberIn = (text: string) => (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN);
