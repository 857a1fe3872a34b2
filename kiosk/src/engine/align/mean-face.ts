// dlib's mean face: where the 51 inner landmarks (17 to 67) of the average face lie in a unit square.
// Source: dlib, image_transforms/interpolation.h, get_face_chip_details (Boost licence).

/** x of landmarks 17..67 in the unit square. */
const MEAN_FACE_X: readonly number[] = [
  0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004,
  0.490127, 0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122,
  0.265825, 0.334606, 0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149,
  0.340985, 0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127, 0.423532,
  0.338094, 0.290379, 0.428096, 0.490127, 0.552157, 0.689874, 0.553364, 0.490127, 0.42689,
];

/** y of landmarks 17..67 in the unit square. */
const MEAN_FACE_Y: readonly number[] = [
  0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454,
  0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423,
  0.178758, 0.179852, 0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077,
  0.245099, 0.780233, 0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192,
  0.909281, 0.902192, 0.864805, 0.784792, 0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803,
  0.824182,
];

const FIRST_INNER_LANDMARK = 17;

/** Landmarks that move with the expression and so do not steer the alignment, as in dlib: brows and lower lip. */
const isSteady = (landmark: number): boolean =>
  landmark > 26 && !(landmark >= 55 && landmark <= 59) && !(landmark >= 65 && landmark <= 67);

/** Landmark numbers (of 68) that steer the alignment. */
export const ALIGNED_LANDMARKS: readonly number[] = Array.from({ length: 68 }, (_, index) => index).filter(
  isSteady,
);

/** Where landmark `index` belongs on a chip of `size` pixels with `padding` (in mean-face widths) on each side. */
export function chipPoint(index: number, size: number, padding: number): readonly [number, number] {
  const side = 2 * padding + 1;
  const x = MEAN_FACE_X[index - FIRST_INNER_LANDMARK] ?? 0;
  const y = MEAN_FACE_Y[index - FIRST_INNER_LANDMARK] ?? 0;
  return [((padding + x) / side) * size, ((padding + y) / side) * size];
}
