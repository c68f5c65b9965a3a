// One compiled step of a Program: what a layer, or several fused ones, does to a stack of images.
#pragma once

#include <cstdint>
#include <span>

namespace ziffer::engine {

/// What is drawn in a training pass depends on these alone, never on how a batch was cut: dropout's
/// masks on seed, step and an image's place in its batch; a changed picture on seed, epoch and
/// which picture of the data set it is.
struct DropoutKey {
  std::uint64_t seed = 0;
  std::uint64_t step = 0;
  std::uint32_t first_image = 0;
  std::uint32_t epoch = 0;
  std::span<const std::uint32_t> numbers = {};  ///< of the pass's images in the data set
};

/// What every operation of one pass shares.
struct Pass {
  std::span<const float> parameters;
  int images = 0;
  bool keeps = false;                   ///< a backward pass follows: keep what it needs
  const DropoutKey* dropout = nullptr;  ///< null: dropout passes everything, as in evaluation
  std::span<float> scratch;
  std::span<const float> heard = {};  ///< what the shards told before this operation, one by one
};

/// Numbers that each shard of a batch tells the others before its pass goes on through an operation
/// whose outputs depend on the whole batch; 0 where an image's depend on it alone.
struct Meeting {
  std::size_t forward = 0, back = 0;
};

/// Input and output are [images][size]; the Program owns both. An Op keeps what its backward pass
/// needs (argmax, masks) in memory that it takes once, for the Program's capacity: no pass
/// allocates.
class Op {
 public:
  Op(std::size_t input_size, std::size_t output_size)
      : input_size_(input_size), output_size_(output_size) {}
  virtual ~Op() = default;
  Op(const Op&) = delete;
  Op& operator=(const Op&) = delete;

  std::size_t input_size() const noexcept { return input_size_; }
  std::size_t output_size() const noexcept { return output_size_; }

  /// Floats of scratch that a pass forward may use, or with `training` one back too.
  virtual std::size_t scratch_size(bool /*training*/) const { return 0; }
  /// Takes the memory for backward passes over up to `images`.
  virtual void reserve(int /*images*/) {}

  /// Before each pass that learns.
  virtual Meeting meeting() const { return {}; }
  virtual void tell(const Pass&, std::span<const float> /*x*/, std::span<float> /*told*/) {}
  virtual void tell_back(const Pass&, std::span<const float> /*x*/, std::span<const float> /*dy*/,
                         std::span<float> /*told*/) {}

  virtual void forward(const Pass&, std::span<const float> x, std::span<float> y) = 0;

  /// dy is used up (an activation's derivative is taken in place). `dx` is empty where nobody wants
  /// it. Writes, not adds, this operation's parameters' gradient into the flat `gradient`.
  virtual void backward(const Pass&, std::span<const float> x, std::span<const float> y,
                        std::span<float> dy, std::span<float> dx, std::span<float> gradient) = 0;

 private:
  std::size_t input_size_, output_size_;
};

/// What makes one activation of several. It has no parameters and draws nothing.
class Join {
 public:
  virtual ~Join() = default;
  virtual void forward(std::span<const std::span<float>> x, std::span<float> y) const = 0;
  /// Writes the gradient by the input `which`.
  virtual void backward(std::span<const std::span<float>> x, std::span<const float> y,
                        std::span<const float> dy, std::size_t which,
                        std::span<float> dx) const = 0;
};

}  // namespace ziffer::engine
