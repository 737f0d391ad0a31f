// What sim/scene writes and the tracing kernels read: byte offsets and constants of both languages.

// Kinds of primitives.
export const KIND_BOX = 0;
export const KIND_ELLIPSOID = 1;
export const KIND_CAPSULE = 2;
export const KIND_FRUSTUM = 3;

// Textures: the solid is cut in cells along its own axes; a cell is one shade.
export const TEXTURE_PLAIN = 0;
export const TEXTURE_HASHED = 1;
export const TEXTURE_CHECKER = 2;

// Primitive: 128 bytes, 32-bit fields.
export const PRIMITIVE_BYTES = 128;
export const P_KIND = 0;
export const P_TEXTURE = 4;
export const P_RHO = 8;
export const P_CONTRAST = 12;
export const P_CELLS_PER_M = 16; // x, y, z
export const P_CELL_OFFSET = 28; // x, y, z
export const P_SEED = 40;
export const P_SHAPE = 48;

// Box: the world's axes in the box's frame (row by row), its centre in its own frame, half sizes, sun in its own frame.
export const BOX_ROTATION = 48; // 9
export const BOX_CENTRE = 84; // 3
export const BOX_HALF = 96; // 3
export const BOX_SUN = 108; // 3

// Ellipsoid with axes along the world's: centre over radii, one over radii, centre.
export const ELLIPSOID_SCALED_CENTRE = 48; // 3
export const ELLIPSOID_INVERSE_RADIUS = 60; // 3
export const ELLIPSOID_CENTRE = 72; // 3

// Capsule: first end, unit axis, length, radius.
export const CAPSULE_END = 48; // 3
export const CAPSULE_AXIS = 60; // 3
export const CAPSULE_LENGTH = 72;
export const CAPSULE_RADIUS = 76;

// Upright frustum of a cone, radius = radius0 + slope * y; y points down. |slope| < 1.
export const FRUSTUM_CENTRE_X = 48;
export const FRUSTUM_CENTRE_Z = 52;
export const FRUSTUM_TOP_Y = 56;
export const FRUSTUM_BOTTOM_Y = 60;
export const FRUSTUM_RADIUS0 = 64;
export const FRUSTUM_SLOPE = 68;

// Depth image: f64 intrinsics, then sizes and addresses of the f32 planes.
export const IMAGE_BYTES = 72;
export const IMAGE_FX = 0;
export const IMAGE_FY = 8;
export const IMAGE_CX = 16;
export const IMAGE_CY = 24;
export const IMAGE_GAP_M = 32;
export const IMAGE_GAP_PER_M = 40;
export const IMAGE_WIDTH = 48;
export const IMAGE_HEIGHT = 52;
export const IMAGE_DEPTH = 56;
export const IMAGE_SIGNAL_RHO = 60;
export const IMAGE_AMBIENT_RHO = 64;

// Rays are traced four at a time; planes are padded to whole groups.
export const GROUP_RAYS = 4;
export const GROUP_BYTES = 16;
