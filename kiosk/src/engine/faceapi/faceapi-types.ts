// The small part of face-api's interface that the reference engine uses. Its own types need a DOM.

/** A tensor that must be disposed of. */
export interface FaceapiTensor {
  dispose(): void;
}

interface LoadableNet {
  loadFromDisk(folder: string): Promise<void>;
}

interface Found {
  readonly detection: {
    readonly score: number;
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  };
  readonly landmarks: { readonly positions: readonly { readonly x: number; readonly y: number }[] };
}

/** The module `@vladmandic/face-api`. */
export interface FaceapiModule {
  readonly tf: { tensor3d(data: Int32Array, shape: readonly number[], type: 'int32'): FaceapiTensor };
  readonly nets: {
    readonly tinyFaceDetector: LoadableNet;
    readonly faceLandmark68Net: LoadableNet;
    readonly faceRecognitionNet: LoadableNet & {
      computeFaceDescriptor(crop: FaceapiTensor): Promise<ArrayLike<number>>;
    };
  };
  readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => unknown;
  readonly Point: new (x: number, y: number) => unknown;
  readonly Rect: new (x: number, y: number, width: number, height: number) => unknown;
  readonly FaceLandmarks68: new (
    points: readonly unknown[],
    size: { width: number; height: number },
  ) => { align(): unknown };
  detectAllFaces(input: FaceapiTensor, options: unknown): { withFaceLandmarks(): Promise<readonly Found[]> };
  extractFaceTensors(input: FaceapiTensor, boxes: readonly unknown[]): Promise<readonly FaceapiTensor[]>;
}
