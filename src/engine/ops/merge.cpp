#include "engine/ops/merge.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/index.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

using nn::Merging;

/// For each number of `out`, which of `input` it takes: an extent of 1 stands for all. Empty where
/// that is the same.
std::vector<std::uint32_t> taken_numbers(const Shape& input, const Shape& out) {
  if (input.size() == out.size()) return {};
  const std::size_t missing = out.rank() - input.rank();
  std::vector<std::uint32_t> taken{0};
  for (std::size_t axis = 0, rest = input.size(); axis < out.rank(); ++axis) {
    const std::size_t extent = axis < missing ? 1 : at(input[axis - missing]);
    rest /= extent;
    std::vector<std::uint32_t> finer;
    for (const std::uint32_t begin : taken) {
      for (std::size_t i = 0; i < at(out[axis]); ++i)
        finer.push_back(begin + static_cast<std::uint32_t>(extent == 1 ? 0 : i * rest));
    }
    taken = std::move(finer);
  }
  return taken;
}

class MergeJoin final : public Join {
 public:
  MergeJoin(const nn::Layer& layer, Merging how) : how_(how), size_(layer.output.size()) {
    for (const Shape& input : layer.inputs) {
      taken_.push_back(taken_numbers(input, layer.output));
      sizes_.push_back(input.size());
    }
  }

  void forward(std::span<const std::span<float>> x, std::span<float> y) const override {
    if (how_ == Merging::add && std::ranges::all_of(taken_, &std::vector<std::uint32_t>::empty)) {
      std::ranges::copy(x[0], y.begin());
      for (const auto& other : x.subspan(1)) kernels::add(other, y);
      return;
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
      float result = number(x, 0, i);
      for (std::size_t k = 1; k < x.size(); ++k) result = combined(result, number(x, k, i));
      y[i] = how_ == Merging::average ? result / static_cast<float>(x.size()) : result;
    }
  }

  void backward(std::span<const std::span<float>> x, std::span<const float> y,
                std::span<const float> dy, std::size_t which, std::span<float> dx) const override {
    if (how_ == Merging::add && taken_[which].empty()) {
      std::ranges::copy(dy, dx.begin());
      return;
    }
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < dy.size(); ++i)
      dx[place(which, i)] += dy[i] * slope(x, y[i], i, which);
  }

 private:
  /// Of what output number `i` takes of input `k`, over all images.
  std::size_t place(std::size_t k, std::size_t i) const {
    return taken_[k].empty() ? i : i / size_ * sizes_[k] + taken_[k][i % size_];
  }
  float number(std::span<const std::span<float>> x, std::size_t k, std::size_t i) const {
    return x[k][place(k, i)];
  }

  float combined(float a, float b) const {
    switch (how_) {
      case Merging::add:
      case Merging::average:
        return a + b;
      case Merging::subtract:
        return a - b;
      case Merging::multiply:
        return a * b;
      case Merging::maximum:
        return b > a ? b : a;
      case Merging::minimum:
        return b < a ? b : a;
    }
    return a;
  }

  /// Of the output by one input's number. The first of those that are equally extreme has it all.
  float slope(std::span<const std::span<float>> x, float y, std::size_t i,
              std::size_t which) const {
    switch (how_) {
      case Merging::add:
        return 1;
      case Merging::subtract:
        return which == 0 ? 1.0F : -1.0F;
      case Merging::average:
        return 1 / static_cast<float>(x.size());
      case Merging::multiply: {
        float others = 1;
        for (std::size_t k = 0; k < x.size(); ++k)
          if (k != which) others *= number(x, k, i);
        return others;
      }
      case Merging::maximum:
      case Merging::minimum: {
        std::size_t first = 0;
        while (first + 1 < x.size() && number(x, first, i) != y) ++first;
        return first == which ? 1.0F : 0.0F;
      }
    }
    return 0;
  }

  Merging how_;
  std::size_t size_;
  std::vector<std::size_t> sizes_;
  std::vector<std::vector<std::uint32_t>> taken_;
};

/// Seen as [outer][along · inner] numbers an image, each input gives a part of every row.
class ConcatenateJoin final : public Join {
 public:
  ConcatenateJoin(const nn::Layer& layer, const nn::Concatenate& settings) {
    const auto& dims = layer.output.dims();
    const std::size_t axis = settings.axis_of(dims.size());
    std::size_t inner = 1;
    for (std::size_t i = axis + 1; i < dims.size(); ++i) inner *= at(dims[i]);
    for (const Shape& input : layer.inputs) {
      begins_.push_back(row_);
      widths_.push_back(at(input[axis]) * inner);
      row_ += widths_.back();
    }
  }

  void forward(std::span<const std::span<float>> x, std::span<float> y) const override {
    for (std::size_t k = 0; k < x.size(); ++k) {
      for (std::size_t row = 0; row * row_ < y.size(); ++row)
        std::ranges::copy(x[k].subspan(row * widths_[k], widths_[k]),
                          y.subspan(row * row_ + begins_[k]).begin());
    }
  }

  void backward(std::span<const std::span<float>>, std::span<const float>,
                std::span<const float> dy, std::size_t which, std::span<float> dx) const override {
    for (std::size_t row = 0; row * row_ < dy.size(); ++row)
      std::ranges::copy(dy.subspan(row * row_ + begins_[which], widths_[which]),
                        dx.subspan(row * widths_[which]).begin());
  }

 private:
  std::size_t row_ = 0;
  std::vector<std::size_t> begins_, widths_;
};

}  // namespace

std::unique_ptr<Join> make_join(const nn::Layer& layer) {
  return std::visit(
      [&]<class L>(const L& kind) -> std::unique_ptr<Join> {
        if constexpr (std::is_same_v<L, nn::Concatenate>)
          return std::make_unique<ConcatenateJoin>(layer, kind);
        else if constexpr (requires { L::kHow; })
          return std::make_unique<MergeJoin>(layer, L::kHow);
        else
          return nullptr;
      },
      layer.kind);
}

}  // namespace ziffer::engine
