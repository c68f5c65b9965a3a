// Where results go: a table for people, JSON lines for programs.
#pragma once

#include <string>

#include "measure.hpp"

namespace bench {

struct Result {
  std::string kernel, shape, variant;
  int images;
  double flops;  ///< useful multiplications and additions of one call
  Timing time;
};

class Report {
 public:
  Report(bool json, std::string filter, int repetitions)
      : json_(json), filter_(std::move(filter)), repetitions_(repetitions) {}

  void begin(double peak);
  void add(const Result&);
  /// A variant gave a wrong answer: it is not timed, and the bench fails.
  void wrong(const Result&, double error);

  /// Whether the command line asks for this kernel.
  bool wants(const std::string& kernel) const { return kernel.find(filter_) != std::string::npos; }
  int repetitions() const { return repetitions_; }
  bool failed() const { return failed_; }

 private:
  bool json_;
  std::string filter_;
  int repetitions_;
  double peak_ = 0;
  bool failed_ = false;
};

void bench_gemm(Report&);
void bench_conv_pool(Report&);

}  // namespace bench
